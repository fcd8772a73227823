import type { Metadata } from 'next';
import { consolePage } from '@/app/(console)/console-page';
import { PageHeader } from '@/components/layout/page-header';
import { FilterBar } from '@/components/table/filter-bar';
import { Pager } from '@/components/table/pager';
import { EmailTable } from '@/features/emails/components/email-table';
import { MailService } from '@/features/emails/components/mail-service';
import { listEmails, listEmailTemplates } from '@/features/emails/list.queries';
import { emailStates, readEmailFilter, stateWords, templateWords } from '@/features/emails/list.schema';
import { mailServiceState } from '@/features/emails/mail-service.queries';
import { pageLinks } from '@/lib/list-links';
import type { SearchParams } from '@/lib/search-params';
import { authorize } from '@/server/work';

export const metadata: Metadata = { title: 'Email log' };

const narrowing = { search: 'to', filters: ['state', 'template', 'timeFrom', 'timeTo'] };

export default consolePage(EmailsPage);

async function EmailsPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const can = await authorize('emails.read');
  const params = await searchParams;
  const filter = readEmailFilter(params);
  const [{ rows, older, newer }, templates, service] = await Promise.all([
    listEmails(can, filter),
    listEmailTemplates(can),
    mailServiceState(can),
  ]);
  const address = { path: '/emails', params };
  return (
    <>
      <PageHeader title="Email log" description="Every email, where it went and what the mail server said." />
      <div className="mb-5">
        <MailService state={service} now={new Date()} />
      </div>
      <FilterBar
        address={address}
        search={{ name: narrowing.search, label: 'Recipient', placeholder: 'Any part of the address' }}
        filters={[
          {
            kind: 'one',
            name: 'state',
            label: 'State',
            options: emailStates.map((state) => ({ value: state, label: stateWords[state] })),
          },
          {
            kind: 'one',
            name: 'template',
            label: 'Kind',
            options: templates.map((name) => ({ value: name, label: templateWords(name) })),
          },
          { kind: 'dates', name: 'time', label: 'When' },
        ]}
      />
      <EmailTable rows={rows} address={address} timeZone={can.timeZone} narrowing={narrowing} now={new Date()} />
      <Pager
        {...pageLinks(address, rows.length, { previous: newer, next: older })}
        shown={rows.length}
        noun={['email', 'emails']}
      />
    </>
  );
}

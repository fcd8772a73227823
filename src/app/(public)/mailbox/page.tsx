import type { Metadata } from 'next';
import { publicPage } from '@/app/(public)/public-page';
import { PageHeader } from '@/components/layout/page-header';
import { type Column, DataTable } from '@/components/table/data-table';
import { FilterBar } from '@/components/table/filter-bar';
import { ListEmpty } from '@/components/table/list-empty';
import { timeValue } from '@/components/table/values';
import { LinkButton } from '@/components/ui/button';
import { firstOf, hrefWith, type SearchParams } from '@/lib/search-params';
import { listedMails, listMailbox, type MailSummary } from '@/server/mail/read-mailbox';
import { authorize, orNotFound } from '@/server/work';

export const metadata: Metadata = { title: 'Mailbox', referrer: 'no-referrer', robots: 'noindex' };

const columnsFor = (now: Date): Column<MailSummary>[] => [
  { key: 'subject', header: 'Subject', kind: 'link', value: (mail) => ({ text: mail.subject || 'No subject' }) },
  { key: 'to', header: 'To', kind: 'text', value: (mail) => mail.to.join(', ') },
  {
    key: 'at',
    header: 'Received',
    kind: 'time',
    value: (mail) => timeValue(mail.receivedAt, { timeZone: 'UTC', now }),
  },
];

export default publicPage(MailboxPage);

async function MailboxPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const can = await authorize('public');
  const params = await searchParams;
  const to = firstOf(params, 'to')?.trim().slice(0, 254);
  const mails = await orNotFound(listMailbox(can, to));
  const address = { path: '/mailbox', params };
  return (
    <>
      <PageHeader
        title="Mailbox"
        description="No mail server is set up yet, so every email Rollcall sends is kept here. Set SMTP_URL to deliver it."
        secondary={<LinkButton href={hrefWith(address, {})}>Refresh</LinkButton>}
      />
      <FilterBar address={address} search={{ name: 'to', label: 'Recipient', placeholder: 'Recipient' }} />
      <DataTable
        caption="Emails, newest first"
        columns={columnsFor(new Date())}
        rows={mails}
        rowKey={(mail) => mail.id}
        rowLabel={(mail) => mail.subject}
        // A new document, because the styles of the email's frame need that document's nonce.
        opensDocuments
        rowHref={(mail) => `/mailbox/${mail.id}`}
        address={address}
        empty={
          <ListEmpty
            address={address}
            narrowing={{ search: 'to' }}
            nothingMatches={{
              title: 'No email to this recipient',
              hint: 'Check the address or try again in a moment.',
            }}
            nothingYet={{ title: 'No email yet', hint: 'Add a user, and the invitation appears here.' }}
          />
        }
      />
      {mails.length >= listedMails && (
        <p className="py-3 text-ink-soft">
          {`The newest ${listedMails} are listed. Search by recipient to find older ones.`}
        </p>
      )}
    </>
  );
}

import type { Metadata } from 'next';
import { publicPage } from '@/app/(public)/public-page';
import { PageHeader } from '@/components/layout/page-header';
import { type Column, DataTable } from '@/components/table/data-table';
import { FilterBar } from '@/components/table/filter-bar';
import { ListEmpty } from '@/components/table/list-empty';
import { LinkButton } from '@/components/ui/button';
import { Time } from '@/components/ui/time';
import { firstOf, hrefWith, type SearchParams } from '@/lib/search-params';
import { listedMails, listMailbox, type MailSummary } from '@/server/mail/read-mailbox';
import { authorize, orNotFound } from '@/server/work';

export const metadata: Metadata = { title: 'Mailbox', referrer: 'no-referrer', robots: 'noindex' };

const columns: Column<MailSummary>[] = [
  {
    key: 'subject',
    header: 'Subject',
    // A plain link loads a new document, because the styles of the email's frame need that document's nonce.
    cell: (mail) => (
      <a href={`/mailbox/${mail.id}`} className="text-accent-text underline underline-offset-[3px]">
        {mail.subject || 'No subject'}
      </a>
    ),
    text: (mail) => mail.subject,
  },
  { key: 'to', header: 'To', cell: (mail) => mail.to.join(', '), text: (mail) => mail.to.join(', ') },
  { key: 'at', header: 'Received', cell: (mail) => <Time at={mail.receivedAt} timeZone="UTC" />, width: 'narrow' },
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
        columns={columns}
        rows={mails}
        rowKey={(mail) => mail.id}
        rowLabel={(mail) => mail.subject}
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

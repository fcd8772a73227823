import { type Column, DataTable } from '@/components/table/data-table';
import { ListEmpty } from '@/components/table/list-empty';
import { exactValue } from '@/components/table/values';
import { formatMoment } from '@/lib/dates';
import type { Narrowing } from '@/lib/list-links';
import type { Address } from '@/lib/search-params';
import type { EmailRow } from '../list.queries';
import { templateWords } from '../list.schema';
import { emailLook } from './email-look';

type Props = { rows: EmailRow[]; address: Address; timeZone: string; narrowing: Narrowing; now: Date };

type Reader = Pick<Props, 'timeZone' | 'now'>;

/**
 * Prefers the server's own words. No server was asked about an email that waits for its hour, and none has an answer
 * about an email that was deliberately not sent.
 */
function answerOf(
  { state, response, lastError, isPostponed, nextAttemptAt }: EmailRow,
  { timeZone, now }: Reader,
): string {
  if (isPostponed) return `Leaves at ${formatMoment(nextAttemptAt, timeZone, now)}`;
  return (state === 'unsent' ? lastError : (response ?? lastError)) ?? '';
}

export function EmailTable({ rows, address, timeZone, narrowing, now }: Props) {
  const columns: Column<EmailRow>[] = [
    { key: 'to', header: 'To', kind: 'link', value: (row) => ({ text: row.toAddress }) },
    { key: 'template', header: 'Kind', kind: 'text', value: (row) => templateWords(row.template) },
    { key: 'state', header: 'State', kind: 'status', value: (row) => emailLook(row.state) },
    {
      key: 'answer',
      header: 'What the mail server said',
      kind: 'text',
      value: (row) => answerOf(row, { timeZone, now }),
    },
    { key: 'attempts', header: 'Attempts', kind: 'number', value: (row) => String(row.attempts) },
    { key: 'at', header: 'Written', kind: 'time', value: (row) => exactValue(row.createdAt, timeZone) },
  ];
  return (
    <DataTable
      caption="Emails, newest first"
      columns={columns}
      rows={rows}
      rowKey={(row) => row.id}
      rowLabel={(row) => `Email to ${row.toAddress}`}
      rowHref={(row) => `/emails/${row.id}`}
      address={address}
      empty={
        <ListEmpty
          address={address}
          narrowing={narrowing}
          nothingMatches={{ title: 'No email matches', hint: 'Remove a filter or choose a longer period.' }}
          nothingYet={{
            title: 'No email yet',
            hint: 'Invitations, password links and notices will be listed here, with the state of each.',
          }}
        />
      }
    />
  );
}

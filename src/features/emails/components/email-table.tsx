import { type Column, DataTable } from '@/components/table/data-table';
import { ListEmpty } from '@/components/table/list-empty';
import { TextLink } from '@/components/ui/text-link';
import { Time } from '@/components/ui/time';
import { formatMoment } from '@/lib/dates';
import type { Narrowing } from '@/lib/list-links';
import type { Address } from '@/lib/search-params';
import type { EmailRow } from '../list.queries';
import { templateWords } from '../list.schema';
import { EmailState } from './email-state';

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
    {
      key: 'to',
      header: 'To',
      cell: (row) => (
        <TextLink href={`/emails/${row.id}`} quiet>
          {row.toAddress}
        </TextLink>
      ),
      text: (row) => row.toAddress,
    },
    {
      key: 'template',
      header: 'Kind',
      cell: (row) => templateWords(row.template),
      text: (row) => row.template,
      width: 'narrow',
    },
    { key: 'state', header: 'State', cell: (row) => <EmailState state={row.state} />, width: 'narrow' },
    {
      key: 'answer',
      header: 'What the mail server said',
      cell: (row) => answerOf(row, { timeZone, now }) || '—',
      text: (row) => answerOf(row, { timeZone, now }),
    },
    { key: 'attempts', header: 'Attempts', cell: (row) => row.attempts, align: 'end', width: 'narrow' },
    {
      key: 'at',
      header: 'Written',
      cell: (row) => <Time at={row.createdAt} timeZone={timeZone} exact />,
    },
  ];
  return (
    <DataTable
      caption="Emails, newest first"
      columns={columns}
      rows={rows}
      rowKey={(row) => row.id}
      rowLabel={(row) => `Email to ${row.toAddress}`}
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

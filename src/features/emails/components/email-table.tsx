import { type Column, DataTable } from '@/components/table/data-table';
import { EmptyState } from '@/components/ui/empty-state';
import { TextLink } from '@/components/ui/text-link';
import { Time } from '@/components/ui/time';
import type { Address } from '@/lib/search-params';
import type { EmailRow } from '../queries';
import { templateWords } from '../schema';
import { EmailState } from './email-state';

type Props = { rows: EmailRow[]; address: Address; timeZone: string; isFiltered: boolean };

export function EmailTable({ rows, address, timeZone, isFiltered }: Props) {
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
      cell: (row) => row.response ?? row.lastError ?? '—',
      text: (row) => row.response ?? row.lastError ?? '',
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
        <EmptyState
          kind={isFiltered ? 'nothing-matches' : 'nothing-yet'}
          title={isFiltered ? 'No email matches' : 'No email yet'}
        >
          {isFiltered
            ? 'Take a filter away, or look at a longer time.'
            : 'Invitations, links for new passwords and notices will be listed here, with what became of them.'}
        </EmptyState>
      }
    />
  );
}

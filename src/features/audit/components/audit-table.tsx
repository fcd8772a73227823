import { type Column, DataTable } from '@/components/table/data-table';
import { ListEmpty } from '@/components/table/list-empty';
import { TextLink } from '@/components/ui/text-link';
import { Time } from '@/components/ui/time';
import { actionWords } from '@/lib/audit-actions';
import type { Narrowing } from '@/lib/list-links';
import type { Address } from '@/lib/search-params';
import type { AuditRow } from '../list.queries';
import { Actor } from './actor';
import { Place } from './place';
import { Subject } from './subject';

type Props = { rows: AuditRow[]; address: Address; timeZone: string; narrowing: Narrowing };

export function AuditTable({ rows, address, timeZone, narrowing }: Props) {
  const columns: Column<AuditRow>[] = [
    {
      key: 'action',
      header: 'What happened',
      cell: (row) => <TextLink href={`/audit/${row.id}`}>{actionWords(row.action)}</TextLink>,
      text: (row) => row.action,
    },
    { key: 'subject', header: 'To whom or what', cell: (row) => <Subject row={row} /> },
    { key: 'actor', header: 'By', cell: (row) => <Actor row={row} /> },
    {
      key: 'organization',
      header: 'Organization',
      cell: (row) => <Place row={row} />,
      text: (row) => row.organization ?? '',
    },
    { key: 'at', header: 'When', cell: (row) => <Time at={row.at} timeZone={timeZone} exact /> },
  ];
  return (
    <DataTable
      caption="Audit log, newest first"
      density="compact"
      columns={columns}
      rows={rows}
      rowKey={(row) => row.id}
      rowLabel={(row) => row.action}
      address={address}
      empty={
        <ListEmpty
          address={address}
          narrowing={narrowing}
          nothingMatches={{ title: 'No event matches', hint: 'Remove a filter or choose a longer period.' }}
          nothingYet={{
            title: 'Nothing has happened yet',
            hint: 'Every change will be listed here, with who made it.',
          }}
        />
      }
    />
  );
}

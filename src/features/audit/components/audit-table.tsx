import { type Column, DataTable } from '@/components/table/data-table';
import { EmptyState } from '@/components/ui/empty-state';
import { TextLink } from '@/components/ui/text-link';
import { Time } from '@/components/ui/time';
import { actionWords } from '@/lib/audit-words';
import type { Address } from '@/lib/search-params';
import type { AuditRow } from '../queries';
import { Actor } from './actor';
import { Place } from './place';
import { Subject } from './subject';

type Props = { rows: AuditRow[]; address: Address; timeZone: string; isFiltered: boolean };

export function AuditTable({ rows, address, timeZone, isFiltered }: Props) {
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
        <EmptyState
          kind={isFiltered ? 'nothing-matches' : 'nothing-yet'}
          title={isFiltered ? 'No event matches' : 'Nothing has happened yet'}
        >
          {isFiltered
            ? 'Take a filter away, or look at a longer time.'
            : 'Every change will be listed here, with who made it.'}
        </EmptyState>
      }
    />
  );
}

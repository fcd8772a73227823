import { type Column, DataTable } from '@/components/table/data-table';
import { ListEmpty } from '@/components/table/list-empty';
import { exactValue } from '@/components/table/values';
import { actionWords } from '@/lib/audit-actions';
import type { Narrowing } from '@/lib/list-links';
import type { Address } from '@/lib/search-params';
import type { AuditRow } from '../list.queries';
import { actorValue, placeValue, subjectValue } from './parties';

type Props = { rows: AuditRow[]; address: Address; timeZone: string; narrowing: Narrowing };

export function AuditTable({ rows, address, timeZone, narrowing }: Props) {
  const columns: Column<AuditRow>[] = [
    { key: 'action', header: 'What happened', kind: 'link', value: (row) => ({ text: actionWords(row.action) }) },
    { key: 'subject', header: 'To whom or what', kind: 'person', value: subjectValue },
    { key: 'actor', header: 'By', kind: 'person', value: actorValue },
    { key: 'organization', header: 'Organization', kind: 'link', value: placeValue },
    { key: 'at', header: 'When', kind: 'time', value: (row) => exactValue(row.at, timeZone) },
  ];
  return (
    <DataTable
      caption="Audit log, newest first"
      density="compact"
      columns={columns}
      rows={rows}
      rowKey={(row) => row.id}
      rowLabel={(row) => row.action}
      rowHref={(row) => `/audit/${row.id}`}
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

import type { Column } from '@/components/table/data-table';
import { Badge } from '@/components/ui/badge';
import { Diff } from '@/components/ui/diff';
import type { Names, ReviewPage } from '../queries';
import { type Reason, reasonText } from '../reasons/schema';
import { fieldLabels } from '../schema';

type Row = ReviewPage['rows'][number];

/** Rows of one verdict: what the file says, what would change or did, and why not. */
export function reviewColumns(names: Names): Column<Row>[] {
  return [
    { key: 'address', header: 'Address', cell: (row) => row.label || 'No address', text: (row) => row.label },
    { key: 'row', header: 'Row', align: 'end', width: 'narrow', cell: (row) => row.n },
    { key: 'name', header: 'Name', cell: nameOf, text: nameOf },
    { key: 'what', header: 'What happens', width: 'wide', cell: (row) => <Outcome row={row} names={names} /> },
  ];
}

function nameOf(row: Row): string {
  const { firstName = '', lastName = '' } = row.change.row ?? {};
  return `${firstName} ${lastName}`.trim() || '–';
}

function Outcome({ row, names }: { row: Row; names: Names }) {
  const reasons = [...(row.reasons as Reason[]), ...refusal(row)].map(reasonText);
  return (
    <div className="flex min-w-0 flex-col items-start gap-1 whitespace-normal">
      {row.status === 'applied' && <Badge tone="good">{didWords[row.result?.did ?? ''] ?? 'Done'}</Badge>}
      {reasons.map((reason) => (
        <p key={reason}>{reason}</p>
      ))}
      {row.verdict === 'create' && <p className="text-ink-soft">{arrivalOf(row, names)}</p>}
      {row.verdict === 'update' && <Diff changes={changesOf(row, names)} />}
    </div>
  );
}

const didWords: Record<string, string> = { invited: 'Invited', created: 'Added as inactive', updated: 'Updated' };

function refusal(row: Row): Reason[] {
  return row.status === 'refused' && row.result?.reason ? [{ code: row.result.reason as Reason['code'] }] : [];
}

const named = (ids: readonly string[] = [], names: Names) => ids.map((id) => names.get(id) ?? 'Removed meanwhile');

function arrivalOf({ change }: Row, names: Names): string {
  const { row } = change;
  if (!row) return '';
  const roles = named(row.roles, names);
  const groups = [...named(row.groups, names), ...row.newGroups.map((name) => `${name} (new)`)];
  const parts = [
    row.suspended ? 'Arrives inactive, not invited' : 'Gets an invitation',
    row.organization && `to ${names.get(row.organization) ?? 'an organization'}`,
    roles.length > 0 && `as ${roles.join(', ')}`,
    groups.length > 0 && `in ${groups.join(', ')}`,
  ];
  return parts.filter(Boolean).join(' ');
}

function changesOf({ change }: Row, names: Names) {
  const { set = {}, before = {}, addRoles = [], addGroups = [], join, invite, row } = change;
  const fields = (['firstName', 'lastName', 'phone'] as const).filter((field) => set[field] !== undefined);
  const changes: { field: string; before: string | string[] | null; after: string | string[] | null }[] = fields.map(
    (field) => ({ field: fieldLabels[field], before: before[field] ?? null, after: set[field] ?? null }),
  );
  if ((join || invite) && row?.organization)
    changes.push({ field: 'Organization', before: null, after: names.get(row.organization) ?? null });
  if (addRoles.length > 0) changes.push({ field: 'Roles', before: [], after: named(addRoles, names) });
  const groups = [...named(addGroups, names), ...(row?.newGroups ?? [])];
  if (groups.length > 0) changes.push({ field: 'Groups', before: [], after: groups });
  if (invite) changes.push({ field: 'Invitation', before: null, after: 'Sent' });
  return changes;
}

import type { Column } from '@/components/table/data-table';
import { Badge } from '@/components/ui/badge';
import { Diff } from '@/components/ui/diff';
import { fullName } from '@/lib/names';
import { fieldLabels } from '../columns.schema';
import { type Reason, reasonText } from '../messages.schema';
import type { Names, ReviewRow } from '../review.queries';

export function reviewColumns(names: Names, isOver: boolean): Column<ReviewRow>[] {
  return [
    { key: 'address', header: 'Address', kind: 'text', value: (row) => row.label || 'No address' },
    { key: 'row', header: 'Row', kind: 'number', value: (row) => String(row.n) },
    { key: 'name', header: 'Name', kind: 'text', value: nameOf },
    {
      key: 'what',
      header: isOver ? 'What happened' : 'What happens',
      kind: 'node',
      value: (row) => <Outcome row={row} names={names} isOver={isOver} />,
    },
  ];
}

function nameOf(row: ReviewRow): string {
  const { firstName = '', lastName = '' } = row.change.row ?? {};
  return fullName({ firstName, lastName });
}

function Outcome({ row, names, isOver }: { row: ReviewRow; names: Names; isOver: boolean }) {
  const isLeft = isOver && row.status === 'pending';
  const showsChange = row.status !== 'refused' && !isLeft;
  const reasons = [...(row.reasons as Reason[]), ...refusal(row)].map(reasonText);
  return (
    <div className="flex min-w-0 flex-col items-start gap-1 whitespace-normal">
      {row.status === 'applied' && <Badge tone="good">{didWords[row.result?.did ?? ''] ?? 'Done'}</Badge>}
      {isLeft && <Badge tone="neutral">Not reached</Badge>}
      {reasons.map((reason) => (
        <p key={reason}>{reason}</p>
      ))}
      {showsChange && row.verdict === 'create' && <p className="text-ink-soft">{arrivalOf(row, names)}</p>}
      {showsChange && row.verdict === 'update' && <Diff changes={changesOf(row, names)} />}
    </div>
  );
}

const didWords: Record<string, string> = { invited: 'Invited', created: 'Added as inactive', updated: 'Updated' };

function refusal(row: ReviewRow): Reason[] {
  return row.status === 'refused' && row.result?.reason ? [{ code: row.result.reason as Reason['code'] }] : [];
}

const named = (ids: readonly string[] = [], names: Names) => ids.map((id) => names.get(id) ?? 'Deleted since');

function arrivalOf({ change }: ReviewRow, names: Names): string {
  const { row } = change;
  if (!row) return '';
  const roles = named(row.roles, names);
  const groups = [...named(row.groups, names), ...row.newGroups.map((name) => `${name} (new)`)];
  const parts = [
    row.suspended ? 'Added as inactive, not invited' : 'Gets an invitation',
    row.organization && `to ${names.get(row.organization) ?? 'an organization'}`,
    roles.length > 0 && `as ${roles.join(', ')}`,
    groups.length > 0 && `in ${groups.join(', ')}`,
  ];
  return parts.filter(Boolean).join(' ');
}

function changesOf({ change }: ReviewRow, names: Names) {
  const { set = {}, before = {}, addRoles = [], hadRoles = [], addGroups = [], join, invite, row } = change;
  const fields = (['firstName', 'lastName', 'phone'] as const).filter((field) => set[field] !== undefined);
  const changes: React.ComponentProps<typeof Diff>['changes'] = fields.map((field) => ({
    field: fieldLabels[field],
    before: before[field] ?? null,
    after: set[field] ?? null,
  }));
  if ((join || invite) && row?.organization)
    changes.push({ field: 'Organization', before: [], after: names.get(row.organization) ?? null });
  if (addRoles.length > 0) {
    changes.push({ field: 'Roles', before: named(hadRoles, names), after: named([...hadRoles, ...addRoles], names) });
  }
  const groups = [...named(addGroups, names), ...(row?.newGroups ?? [])];
  if (groups.length > 0) changes.push({ field: 'Groups', after: groups });
  if (invite) changes.push({ field: 'Invitation', before: [], after: 'Sent' });
  return changes;
}

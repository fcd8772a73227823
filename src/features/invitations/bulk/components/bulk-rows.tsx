import type { Column } from '@/components/table/data-table';
import { VerdictTable, verdictTabs } from '@/components/table/verdict-table';
import { Badge } from '@/components/ui/badge';
import { rowsUnder } from '@/features/plans/rows.queries';
import { firstOf, type SearchParams } from '@/lib/search-params';
import type { Can } from '@/server/work';
import { type BulkDetail, type BulkRow, listBulkRows } from '../plan.queries';
import { type BulkAction, bulkReasonText, bulkReviewSchema, bulkVerdicts } from '../plan.schema';
import { pastOf, verbs } from './words';

type Props = { can: Can<'users.invite'>; detail: BulkDetail; search: SearchParams };

export async function BulkRows({ can, detail, search }: Props) {
  const { plan, params } = detail;
  const path = `/invitations/bulk/${plan.id}`;
  // The verb fits both before and after the change.
  const verdicts = bulkVerdicts.map(({ key, label }) => ({
    key,
    label: key === 'apply' ? verbs[params.action] : label,
  }));
  const tabs = verdictTabs(path, verdicts, plan.counts, plan.receipt?.counts);
  const { verdict, ...place } = bulkReviewSchema.parse({
    verdict: firstOf(search, 'verdict'),
    before: firstOf(search, 'before'),
    after: firstOf(search, 'after'),
  });
  const current = tabs.find(({ key }) => key === verdict) ?? tabs[0];
  if (!current) return null;
  const page = await listBulkRows(can, plan, { ...rowsUnder(current.key), ...place });
  return (
    <VerdictTable
      label="Invitations of this plan"
      path={path}
      tabs={tabs}
      current={current}
      columns={columnsFor(params.action, plan.receipt !== null)}
      {...page}
    />
  );
}

function columnsFor(action: BulkAction, isOver: boolean): Column<BulkRow>[] {
  return [
    {
      key: 'address',
      header: 'Address',
      kind: 'link',
      value: (row) => ({ text: row.label, href: row.subjectId ? `/invitations/${row.subjectId}` : undefined }),
    },
    { key: 'name', header: 'Name', kind: 'text', value: (row) => row.change.name },
    { key: 'organization', header: 'To', kind: 'text', value: (row) => row.change.organization ?? 'Platform' },
    {
      key: 'what',
      header: isOver ? 'What happened' : 'What happens',
      kind: 'node',
      value: (row) => <Outcome row={row} action={action} isOver={isOver} />,
    },
  ];
}

function Outcome({ row, action, isOver }: { row: BulkRow; action: BulkAction; isOver: boolean }) {
  const codes = [...row.reasons.map(({ code }) => code), ...(row.result?.reason ? [row.result.reason] : [])];
  if (codes.length > 0) return <p className="whitespace-normal">{codes.map(bulkReasonText).join(' ')}</p>;
  if (row.status === 'applied') return <Badge tone="good">{pastOf[action]}</Badge>;
  if (isOver && row.status === 'pending') return <Badge tone="neutral">Not reached</Badge>;
  const ranOut = row.change.state === 'expired';
  if (action === 'cancel') return ranOut ? 'Is cancelled; its link has already expired' : 'Its link stops working';
  if (action === 'confirm') return 'You become its sender, and it gets a new link';
  return ranOut ? 'Gets a new link; the last one has expired' : 'Gets a new link';
}

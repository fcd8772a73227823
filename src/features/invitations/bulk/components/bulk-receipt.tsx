import { Card } from '@/components/ui/card';
import { DescriptionList } from '@/components/ui/description-list';
import { formatCount } from '@/lib/counts';
import type { BulkDetail } from '../queries';
import { endOf, pastOf } from './words';

/** What was done, and what was not. */
export function BulkReceipt({ detail }: { detail: BulkDetail }) {
  const { plan, params } = detail;
  const title = endOf(plan, params.deed);
  if (!plan.receipt || title === null) return null;
  const { did, refused, left } = plan.receipt.counts;
  const { unchanged = 0, too_often = 0, not_allowed = 0 } = plan.counts;
  const item = (term: string, count: number, hint?: string) => ({ term, value: formatCount(count), hint });
  return (
    <Card title={title} description={`Started by ${detail.byName}.`}>
      <DescriptionList
        columns={2}
        items={[
          item(pastOf[params.deed], did.resent ?? did.confirmed ?? did.cancelled ?? 0),
          item('Nothing to do', unchanged),
          ...(too_often > 0 ? [item('Sent too often today', too_often)] : []),
          ...(not_allowed > 0
            ? [item(params.deed === 'confirm' ? 'Not yours to grant' : 'Not yours to change', not_allowed)]
            : []),
          item('Refused', refused, refused > 0 ? 'They changed after the review.' : undefined),
          ...(left > 0 ? [item('Not reached', left)] : []),
        ]}
      />
    </Card>
  );
}

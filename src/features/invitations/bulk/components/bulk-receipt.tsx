import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { DescriptionList } from '@/components/ui/description-list';
import { Time } from '@/components/ui/time';
import { formatCount } from '@/lib/counts';
import type { BulkDetail } from '../plan.queries';
import type { BulkAction } from '../plan.schema';
import { endOf, pastOf } from './words';

const usedUp = 'Something changed after the review, or the organization had used up its emails for the hour.';
const refusedHint: Record<BulkAction, string> = {
  resend: usedUp,
  confirm: usedUp,
  cancel: 'Something changed after the review.',
};

export function BulkReceipt({ detail, timeZone }: { detail: BulkDetail; timeZone: string }) {
  const { plan, params } = detail;
  const title = endOf(plan, params.action);
  if (!plan.receipt || title === null) return null;
  const { did, refused, skipped, left } = plan.receipt.counts;
  const { unchanged = 0, too_often = 0, not_allowed = 0 } = plan.counts;
  const notDone = skipped + refused + left;
  const item = (term: string, count: number, hint?: string) => ({ term, value: formatCount(count), hint });
  return (
    <Card
      title={title}
      description={`Confirmed by ${detail.byName}.`}
      actions={notDone > 0 && <NotDoneFile id={plan.id} count={notDone} />}
    >
      <DescriptionList
        columns={2}
        items={[
          item(pastOf[params.action], did.resent ?? did.confirmed ?? did.cancelled ?? 0),
          item('Nothing to do', unchanged),
          ...(too_often > 0 ? [item('Resent too often today', too_often)] : []),
          ...(not_allowed > 0
            ? [item(params.action === 'confirm' ? 'Not yours to grant' : 'Not yours to change', not_allowed)]
            : []),
          item('Refused', refused, refused > 0 ? refusedHint[params.action] : undefined),
          ...(left > 0 ? [item('Not reached', left)] : []),
          { term: 'Confirmed', value: <Time at={plan.confirmedAt} timeZone={timeZone} exact /> },
          { term: 'Ended', value: <Time at={plan.finishedAt} timeZone={timeZone} exact /> },
        ]}
      />
    </Card>
  );
}

function NotDoneFile({ id, count }: { id: string; count: number }) {
  return (
    <form method="post" action={`/invitations/bulk/${id}/not-done`}>
      <Button type="submit" icon="download">
        Download {formatCount(count)} not done
      </Button>
    </form>
  );
}

import { Card } from '@/components/ui/card';
import { LiveProgress } from '@/components/ui/live-progress';
import { Notice } from '@/components/ui/notice';
import { isDiscarded, isOwnPlan } from '@/features/plans/owner.policy';
import { getProgress } from '@/features/plans/progress.queries';
import { formatCount } from '@/lib/counts';
import type { SearchParams } from '@/lib/search-params';
import { quotaLeft } from '@/server/mail/quota';
import type { Can } from '@/server/work';
import { quotaWords } from '../../quota.policy';
import type { BulkDetail } from '../plan.queries';
import { BulkReceipt } from './bulk-receipt';
import { BulkReview, StopForm } from './bulk-review';
import { BulkRows } from './bulk-rows';
import { doing, pastOf, whyEnded } from './words';

type Props = { can: Can<'users.invite'>; detail: BulkDetail; search: SearchParams };

export async function BulkStep({ can, detail, search }: Props) {
  const { plan } = detail;
  if (plan.state === 'preparing' || plan.state === 'applying') return <Working can={can} detail={detail} />;
  if (isDiscarded(plan))
    return (
      <Notice tone="info" title="This was not done">
        All invitations are as they were.
      </Notice>
    );
  return (
    <div className="flex flex-col gap-6">
      {plan.state === 'ready' && (
        <BulkReview detail={detail} isOwn={isOwnPlan(can, plan)} quota={await quotaNote(can, detail)} />
      )}
      {plan.state === 'failed' && (
        <Notice tone="bad" title="This cannot continue">
          {whyEnded(plan.error, detail.byName)}
        </Notice>
      )}
      <BulkReceipt detail={detail} timeZone={can.timeZone} />
      <BulkRows can={can} detail={detail} search={search} />
    </div>
  );
}

/** Before the act: how many of them the organization's quota has room for in this hour. */
async function quotaNote(can: Can<'users.invite'>, { plan, params }: BulkDetail): Promise<string | null> {
  if (params.action === 'cancel') return null;
  const left = await quotaLeft(can, plan.organizationId);
  if (!left || left.emails >= plan.total) return null;
  const { emails, from, now } = left;
  if (emails < 1) return quotaWords({ from, now }, can.timeZone);
  return `This organization may send ${formatCount(emails)} more ${emails === 1 ? 'email' : 'emails'} in this hour. The rest is not done, and listed.`;
}

async function Working({ can, detail }: Pick<Props, 'can' | 'detail'>) {
  const { plan, params } = detail;
  const isApplying = plan.state === 'applying';
  return (
    <Card
      title={isApplying ? doing[params.action] : 'Checking each invitation'}
      description={
        isApplying
          ? 'You can leave this page. If you stop it, changes already made stay.'
          : 'You can leave this page. Nothing has changed yet.'
      }
    >
      <div className="flex flex-col gap-5">
        <LiveProgress
          key={plan.state}
          label={isApplying ? `Invitations ${pastOf[params.action].toLowerCase()}` : 'Invitations checked'}
          href={`/invitations/bulk/${plan.id}/progress`}
          initial={await getProgress(can, plan)}
        />
        <StopForm id={plan.id} label={isApplying ? 'Stop' : 'Leave them as they are'} />
      </div>
    </Card>
  );
}

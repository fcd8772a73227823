import { Form } from '@/components/form/form';
import { TextField } from '@/components/form/text-field';
import { ReviewCard } from '@/components/ui/review-card';
import { formatCount } from '@/lib/counts';
import { mustTypeNumber } from '../confirmation.policy';
import { cancelInvitationsAction, confirmInvitationsAction } from '../plan.actions';
import type { BulkDetail } from '../plan.queries';
import { consequences, labelOf, sentenceOf } from './words';

export function BulkReview({ detail, isOwn, quota }: { detail: BulkDetail; isOwn: boolean; quota: string | null }) {
  const { plan, params } = detail;
  const mayGo = isOwn && plan.total > 0;
  return (
    <ReviewCard
      sentence={sentenceOf(detail)}
      consequences={plan.total > 0 ? [...consequences[params.action], ...(quota ? [quota] : [])] : []}
      note={!isOwn && `Only ${detail.byName}, who chose these invitations, can confirm it.`}
    >
      {mayGo && (
        <Form
          action={confirmInvitationsAction}
          submitLabel={labelOf(detail)}
          pendingLabel="Starting"
          submitTone={params.action === 'cancel' ? 'danger' : 'primary'}
          warnUnsaved={false}
          idPrefix="confirm"
        >
          <input type="hidden" name="id" value={plan.id} />
          <input type="hidden" name="hash" value={plan.hash ?? ''} />
          {mustTypeNumber(params.action, plan.total) && (
            <TextField
              name="typed"
              label={`Type ${formatCount(plan.total)} to confirm`}
              hint="The number of invitations to cancel. This cannot be undone."
              inputMode="numeric"
              autoComplete="off"
              size="short"
            />
          )}
        </Form>
      )}
      <StopForm id={plan.id} label={params.action === 'cancel' ? 'Keep invitations' : 'Leave them as they are'} />
    </ReviewCard>
  );
}

export function StopForm({ id, label }: { id: string; label: string }) {
  return (
    <Form
      action={cancelInvitationsAction}
      submitLabel={label}
      submitTone="secondary"
      warnUnsaved={false}
      idPrefix="stop"
    >
      <input type="hidden" name="id" value={id} />
    </Form>
  );
}

import type { PlanDetail } from '@/features/plans/details.queries';
import { type Count, countOf, formatCount } from '@/lib/counts';
import type { BulkDetail, OwnBulk } from '../plan.queries';
import type { BulkAction } from '../plan.schema';

const invitations = (count: Count) => countOf(count, 'invitation', 'invitations');

export const titles: Record<BulkAction, string> = {
  resend: 'Resend invitations',
  confirm: 'Confirm invitations',
  cancel: 'Cancel invitations',
};

export const verbs: Record<BulkAction, string> = { resend: 'Resend', confirm: 'Confirm', cancel: 'Cancel' };
export const doing: Record<BulkAction, string> = { resend: 'Resending', confirm: 'Confirming', cancel: 'Cancelling' };
export const pastOf: Record<BulkAction, string> = { resend: 'Resent', confirm: 'Confirmed', cancel: 'Cancelled' };

export function nameOfBulk({ action, total, state }: OwnBulk): string {
  return labelFor(action, state === 'preparing' || total === 0 ? null : total);
}

export function labelFor(action: BulkAction, count: Count | null): string {
  return count === null ? titles[action] : `${verbs[action]} ${invitations(count)}`;
}

export function sentenceOf({ plan, params }: BulkDetail): string {
  const { unchanged = 0, too_often = 0, not_allowed = 0 } = plan.counts;
  const rest = [
    unchanged > 0 && `${formatCount(unchanged)} ${unchanged === 1 ? 'needs' : 'need'} nothing`,
    too_often > 0 && `${formatCount(too_often)} ${too_often === 1 ? 'was' : 'were'} resent too often today`,
    not_allowed > 0 &&
      `${formatCount(not_allowed)} you cannot ${params.action === 'confirm' ? 'grant or change' : 'change'}`,
  ].filter(Boolean);
  const action = plan.total > 0 ? labelOf({ plan, params }) : `There is no invitation to ${params.action}`;
  return rest.length > 0 ? `${action}; ${rest.join('; ')}.` : `${action}.`;
}

export function labelOf({ plan, params }: Pick<BulkDetail, 'plan' | 'params'>): string {
  return labelFor(params.action, plan.total);
}

export const consequences: Record<BulkAction, string[]> = {
  resend: [
    'Each person gets a new email with a link for seven days. Links sent earlier stop working.',
    'Invitations that change before they are processed are refused and listed.',
  ],
  confirm: [
    'You become their sender, and are responsible for the roles and groups they grant.',
    'Each person gets a new email with a link for seven days. Links sent earlier stop working.',
    'Invitations that change before they are processed are refused and listed.',
  ],
  cancel: [
    'Their links stop working at once, and queued emails are not sent. Nobody is notified.',
    'People who never had an account are archived. Accounts in use stay as they are.',
    'Invitations that change before they are processed are refused and listed.',
  ],
};

const ends = {
  done: { resend: 'resent', confirm: 'confirmed and resent', cancel: 'cancelled' },
  cancelled: {
    resend: 'Resending was stopped',
    confirm: 'Confirming was stopped',
    cancel: 'Cancelling was stopped',
  },
  failed: {
    resend: 'Resending stopped early',
    confirm: 'Confirming stopped early',
    cancel: 'Cancelling stopped early',
  },
} as const;

export function endOf(plan: PlanDetail, action: BulkAction): string | null {
  if (!plan.receipt || plan.state === 'preparing' || plan.state === 'ready' || plan.state === 'applying') return null;
  const end = ends[plan.state][action];
  if (plan.state !== 'done') return end;
  const done = plan.receipt.counts.applied;
  if (done === 0) return `No invitation was ${end}`;
  if (done < plan.total)
    return `${formatCount(done)} of ${invitations(plan.total)} ${done === 1 ? 'was' : 'were'} ${end}`;
  return `${invitations(done)} ${done === 1 ? 'was' : 'were'} ${end}`;
}

export function whyEnded(error: string | null, byName: string): string {
  if (error === 'not_allowed') return `${byName}, who chose these invitations, can no longer invite people.`;
  const cause = error === 'disk_full' ? 'The database is out of space.' : 'It failed several times and is not retried.';
  return `${cause} Tell the people who run Rollcall, then choose the invitations again.`;
}

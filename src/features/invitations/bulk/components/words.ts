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

/** The action as a button says it, and as it is under way. */
export const verbs: Record<BulkAction, string> = { resend: 'Resend', confirm: 'Confirm', cancel: 'Cancel' };
export const doing: Record<BulkAction, string> = { resend: 'Resending', confirm: 'Confirming', cancel: 'Cancelling' };
export const pastOf: Record<BulkAction, string> = { resend: 'Sent again', confirm: 'Confirmed', cancel: 'Cancelled' };

/** One change as a link names it: with its number once that is known. */
export function nameOfBulk({ action, total, state }: OwnBulk): string {
  return labelFor(action, state === 'preparing' || total === 0 ? null : total);
}

/** "Cancel 3 invitations"; without a number where it is not known. */
export function labelFor(action: BulkAction, count: Count | null): string {
  return count === null ? titles[action] : `${verbs[action]} ${invitations(count)}`;
}

/** What will happen, in numbers. */
export function sentenceOf({ plan, params }: BulkDetail): string {
  const { unchanged = 0, too_often = 0, not_allowed = 0 } = plan.counts;
  const rest = [
    unchanged > 0 && `${formatCount(unchanged)} ${unchanged === 1 ? 'needs' : 'need'} nothing`,
    too_often > 0 && `${formatCount(too_often)} ${too_often === 1 ? 'was' : 'were'} sent too often today`,
    not_allowed > 0 &&
      `${formatCount(not_allowed)} you may not ${params.action === 'confirm' ? 'grant or change' : 'change'}`,
  ].filter(Boolean);
  const action = plan.total > 0 ? labelOf({ plan, params }) : `There is no invitation to ${params.action}`;
  return rest.length > 0 ? `${action}; ${rest.join('; ')}.` : `${action}.`;
}

export function labelOf({ plan, params }: Pick<BulkDetail, 'plan' | 'params'>): string {
  return labelFor(params.action, plan.total);
}

export const consequences: Record<BulkAction, string[]> = {
  resend: [
    'Each gets a new email with a link for seven days. Links sent earlier stop working.',
    'Invitations that change before it is their turn are refused and listed.',
  ],
  confirm: [
    'You become their sender: you answer for the roles and groups that they hand out.',
    'Each gets a new email with a link for seven days. Links sent earlier stop working.',
    'Invitations that change before it is their turn are refused and listed.',
  ],
  cancel: [
    'Their links stop working at once, and emails that still wait are not sent. Nobody is told.',
    'Whoever never had an account goes to the archive. Accounts in use stay as they are.',
    'Invitations that change before it is their turn are refused and listed.',
  ],
};

const ends = {
  done: { resend: 'sent again', confirm: 'confirmed and sent', cancel: 'cancelled' },
  cancelled: {
    resend: 'Resending was stopped',
    confirm: 'Confirming was stopped',
    cancel: 'Cancelling was stopped',
  },
  failed: {
    resend: 'Resending stopped before its end',
    confirm: 'Confirming stopped before its end',
    cancel: 'Cancelling stopped before its end',
  },
} as const;

/** The receipt's title; null while there is nothing to sum up. */
export function endOf(plan: PlanDetail, action: BulkAction): string | null {
  if (!plan.receipt || plan.state === 'preparing' || plan.state === 'ready' || plan.state === 'applying') return null;
  const end = ends[plan.state][action];
  if (plan.state !== 'done') return end;
  return plan.total === 1 ? `The invitation was ${end}` : `The invitations were ${end}`;
}

/** Why it ended before its time, and what to do. */
export function whyEnded(error: string | null, byName: string): string {
  if (error === 'not_allowed') return `${byName}, who chose these invitations, may not invite people any more.`;
  const cause =
    error === 'disk_full' ? 'The database has no room left.' : 'It failed several times and is not tried again.';
  return `${cause} Tell whoever runs Rollcall, then choose the invitations again.`;
}

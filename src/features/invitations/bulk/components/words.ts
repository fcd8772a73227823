import type { PlanDetail } from '@/features/plans/details.queries';
import { type Count, countOf, formatCount } from '@/lib/counts';
import type { BulkDetail, OwnBulk } from '../plan.queries';
import type { Deed } from '../plan.schema';

const invitations = (count: Count) => countOf(count, 'invitation', 'invitations');

export const titles: Record<Deed, string> = {
  resend: 'Resend invitations',
  confirm: 'Confirm invitations',
  cancel: 'Cancel invitations',
};

/** The deed as a button says it, and as it is under way. */
export const verbs: Record<Deed, string> = { resend: 'Resend', confirm: 'Confirm', cancel: 'Cancel' };
export const doing: Record<Deed, string> = { resend: 'Resending', confirm: 'Confirming', cancel: 'Cancelling' };
export const pastOf: Record<Deed, string> = { resend: 'Sent again', confirm: 'Confirmed', cancel: 'Cancelled' };

/** One change as a link names it: with its number once that is known. */
export function nameOfBulk({ deed, total, state }: OwnBulk): string {
  return deedFor(deed, state === 'preparing' || total === 0 ? null : total);
}

/** "Cancel 3 invitations"; without a number where it is not known. */
export function deedFor(deed: Deed, count: Count | null): string {
  return count === null ? titles[deed] : `${verbs[deed]} ${invitations(count)}`;
}

/** What will happen, in numbers. */
export function sentenceOf({ plan, params }: BulkDetail): string {
  const { unchanged = 0, too_often = 0, not_allowed = 0 } = plan.counts;
  const rest = [
    unchanged > 0 && `${formatCount(unchanged)} ${unchanged === 1 ? 'needs' : 'need'} nothing`,
    too_often > 0 && `${formatCount(too_often)} ${too_often === 1 ? 'was' : 'were'} sent too often today`,
    not_allowed > 0 &&
      `${formatCount(not_allowed)} you may not ${params.deed === 'confirm' ? 'grant or change' : 'change'}`,
  ].filter(Boolean);
  const deed = plan.total > 0 ? deedOf({ plan, params }) : `There is no invitation to ${params.deed}`;
  return rest.length > 0 ? `${deed}; ${rest.join('; ')}.` : `${deed}.`;
}

export function deedOf({ plan, params }: Pick<BulkDetail, 'plan' | 'params'>): string {
  return deedFor(params.deed, plan.total);
}

export const consequences: Record<Deed, string[]> = {
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
export function endOf(plan: PlanDetail, deed: Deed): string | null {
  if (!plan.receipt || plan.state === 'preparing' || plan.state === 'ready' || plan.state === 'applying') return null;
  const end = ends[plan.state][deed];
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

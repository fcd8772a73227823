import { Fail } from '@/server/fail';
import type { ImportChange } from './review.schema';

/** A row while it is applied. `userId` is null until its person is known. */
export type Step = {
  n: number;
  verdict: string;
  change: ImportChange;
  userId: string | null;
  version: number | null;
  place: string | null;
  roles: string[];
  groups: string[];
};

export function userOf(step: Step): string {
  if (step.userId === null) throw new Fail('changed_meanwhile');
  return step.userId;
}

/** People who have an account or are added as inactive get access at once. Others get it when they accept. */
export function isDirect(step: Step): boolean {
  return step.change.as === 'person'
    ? !step.change.open && !step.change.invite
    : step.change.as === 'new' && !step.change.invite;
}

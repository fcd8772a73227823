import type { Permission } from '@/lib/permissions';
import { Fail } from '@/server/fail';
import type { Can } from '@/server/work';
import type { PlanHead } from './plan.schema';

/** A plan was judged under the rights of one person, so nobody else confirms or changes it. */
export function isOwnPlan(can: Pick<Can, 'actor'>, plan: Pick<PlanHead, 'createdBy'>): boolean {
  return can.actor.id === plan.createdBy;
}

/** Ended before anything was done, because somebody said so. */
export function isDiscarded(plan: { state: PlanHead['state']; receipt: unknown }): boolean {
  return plan.state === 'cancelled' && plan.receipt === null;
}

export function assertOwnPlan(can: Pick<Can, 'actor'>, plan: Pick<PlanHead, 'createdBy'>) {
  if (!isOwnPlan(can, plan)) throw new Fail('not_allowed', { detail: 'Only who uploaded this can go on with it.' });
}

/** Holding the permission somewhere is not enough: it must be held where the plan works. */
export function assertAllowedThere(can: Can, permission: Permission, plan: Pick<PlanHead, 'organizationId'>) {
  if (!can.may(permission, plan.organizationId)) throw new Fail('not_allowed');
}

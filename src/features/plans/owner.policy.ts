import type { Permission } from '@/lib/permissions';
import { Fail } from '@/server/fail';
import type { Can } from '@/server/work';
import type { PlanHead } from './plan.schema';

/** A plan was validated with one person's permissions, so nobody else can confirm or change it. */
export function isOwnPlan(can: Pick<Can, 'actor'>, plan: Pick<PlanHead, 'createdBy'>): boolean {
  return can.actor.id === plan.createdBy;
}

export function isDiscarded(plan: { state: PlanHead['state']; receipt: unknown }): boolean {
  return plan.state === 'cancelled' && plan.receipt === null;
}

export function assertOwnPlan(can: Pick<Can, 'actor'>, plan: Pick<PlanHead, 'createdBy'>) {
  if (!isOwnPlan(can, plan))
    throw new Fail('not_allowed', { detail: 'Only the person who uploaded this can continue with it.' });
}

/** The permission must apply to the plan's own organization. Having it somewhere else is not enough. */
export function assertAllowedThere(can: Can, permission: Permission, plan: Pick<PlanHead, 'organizationId'>) {
  if (!can.may(permission, plan.organizationId)) throw new Fail('not_allowed');
}

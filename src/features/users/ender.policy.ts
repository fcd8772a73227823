import type { Permission } from '@/lib/permissions';
import type { Can } from '@/server/work';

/** Who ended something. What the platform ended, an organization does not undo, nor does it read the reason. */
export type Ender = 'platform' | 'organization';

export function enderOf<P extends Permission>(can: Pick<Can, 'may'>, permission: P): Ender {
  return can.may(permission, null) ? 'platform' : 'organization';
}

/** Null is a deactivation from before this was recorded. It counts as the platform's, which is the safe guess. */
export function mayReactivate(can: Pick<Can, 'may'>, deactivatedBy: Ender | null): boolean {
  return deactivatedBy === 'organization' || can.may('users.deactivate', null);
}

/** Null is somebody archived before this was recorded, or because their last invitation was cancelled. */
export function mayRestore(can: Pick<Can, 'may'>, archivedBy: Ender | null): boolean {
  return archivedBy === 'organization' || can.may('users.archive', null);
}

import { assertMayGrant } from '@/features/roles/grant.policy';
import { Fail } from '@/server/fail';
import type { Can } from '@/server/work';

/** An initial password is set on the platform only: inside an organization it would be a way into its people. */
export function maySetPassword(can: Pick<Can, 'may'>): boolean {
  return can.may('users.set-password', null);
}

type Grants = { roleIds: readonly string[]; groupIds: readonly string[]; organizationId: string | null };

/** Who sends an invitation must be allowed to invite there and to grant all of it: when sending, and when it is used. */
export async function assertMaySend(can: Can, grants: Grants) {
  if (!can.may('users.invite', grants.organizationId)) throw new Fail('not_allowed');
  await assertMayGrant(can, grants);
}

/** The same as a question, for the moment somebody accepts. */
export async function maySend(can: Can, grants: Grants): Promise<boolean> {
  try {
    await assertMaySend(can, grants);
    return true;
  } catch (error) {
    if (error instanceof Fail) return false;
    throw error;
  }
}

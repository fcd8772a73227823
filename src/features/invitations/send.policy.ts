import { assertMayGrant } from '@/features/roles/grant.queries';
import { Fail } from '@/server/fail';
import type { Can } from '@/server/work';

/** On the platform only: an org admin could use an initial password to get into other people's accounts. */
export function maySetPassword(can: Pick<Can, 'may'>): boolean {
  return can.may('users.set-password', null);
}

type Grants = { roleIds: readonly string[]; groupIds: readonly string[]; organizationId: string | null };

/** The sender must be allowed to invite there and to grant all of it, both when sending and on acceptance. */
export async function assertMaySend(can: Can, grants: Grants) {
  if (!can.may('users.invite', grants.organizationId)) throw new Fail('not_allowed');
  await assertMayGrant(can, grants);
}

export async function maySend(can: Can, grants: Grants): Promise<boolean> {
  try {
    await assertMaySend(can, grants);
    return true;
  } catch (error) {
    if (error instanceof Fail) return false;
    throw error;
  }
}

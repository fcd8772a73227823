import { assertMayGrant } from '@/features/roles/grant.queries';
import { env } from '@/server/env';
import { Fail } from '@/server/fail';
import type { Can } from '@/server/work';

/**
 * Where the new account belongs; null is the whole platform. An org admin with an initial password could get into an
 * account at somebody else's address, so organizations need a setting of the platform.
 */
export function maySetPassword(can: Pick<Can, 'may'>, organizationId: string | null): boolean {
  if (can.may('users.set-password', null)) return true;
  if (organizationId === null || !env().ORG_ADMINS_MAY_SET_PASSWORDS) return false;
  return can.may('users.set-password', organizationId);
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

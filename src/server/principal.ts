import type { Permission } from '@/lib/permissions';
import { grantsOf, holds } from './auth/grants';
import { noPreference } from './auth/session';
import type { Db, Tx } from './db/client';
import { client } from './db/statements';
import { Fail } from './fail';
import { type Can, makeCan, type Principal, type SystemWork } from './handle';

/** Read when the job runs, not when it was requested. Null when the person can no longer sign in. */
export async function principalOfUser(tx: Db | Tx, userId: string): Promise<Principal | null> {
  const user = await tx.user.findUnique({
    where: { id: userId, status: 'active' },
    select: { id: true, email: true, firstName: true, lastName: true },
  });
  if (!user) return null;
  const grants = await tx.$queryRaw<{ permission: string; organization_id: string | null }[]>(grantsOf(userId));
  return {
    actor: user,
    sessionId: null,
    preference: noPreference,
    grants: grants.map((row) => ({ permission: row.permission, organizationId: row.organization_id })),
  };
}

/** Throws Fail('not_allowed') for somebody who can no longer sign in or no longer has the permission anywhere. */
export async function principalWith(tx: Db | Tx, userId: string, permission: Permission): Promise<Principal> {
  const principal = await principalOfUser(tx, userId);
  if (principal && holds(principal.grants, permission)) return principal;
  throw new Fail('not_allowed');
}

/** What another person may do, as read now: the sender of an invitation, the requester of a change. */
export async function canOf(
  work: Pick<SystemWork, typeof client | 'request'>,
  userId: string,
): Promise<Can<Permission> | null> {
  const principal = await principalOfUser(work[client], userId);
  return principal && makeCan(work[client], principal, work.request);
}

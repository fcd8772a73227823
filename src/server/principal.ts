import type { Permission } from '@/lib/permissions';
import { grantsOf } from './auth/grants';
import { noPreference } from './auth/session';
import type { Db, Tx } from './db/client';
import { client } from './db/statements';
import { type Can, makeCan, type Principal, type SystemWork } from './handle';

/** Read when the job runs, not when it was requested. Null when the person can no longer sign in. */
export async function principalOfUser(client: Db | Tx, userId: string): Promise<Principal | null> {
  const user = await client.user.findUnique({
    where: { id: userId, status: 'active' },
    select: { id: true, email: true, firstName: true, lastName: true },
  });
  if (!user) return null;
  const grants = await client.$queryRaw<{ permission: string; organization_id: string | null }[]>(grantsOf(userId));
  return {
    actor: user,
    sessionId: null,
    preference: noPreference,
    grants: grants.map((row) => ({ permission: row.permission, organizationId: row.organization_id })),
  };
}

/** What another person may do, as read now: the sender of an invitation, the requester of a change. */
export async function canOf(
  work: Pick<SystemWork, typeof client | 'request'>,
  userId: string,
): Promise<Can<Permission> | null> {
  const principal = await principalOfUser(work[client], userId);
  return principal && makeCan(work[client], principal, work.request);
}

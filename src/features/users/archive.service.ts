import { copyToMemberships } from '@/features/memberships/copies.service';
import type { Permission } from '@/lib/permissions';
import { grantsOf } from '@/server/auth/grants';
import { endSessions } from '@/server/auth/session';
import { sql } from '@/server/db/sql';
import { Fail } from '@/server/fail';
import { unscoped } from '@/server/scope';
import type { Work } from '@/server/work';
import { type Locked, lockAccount } from './account-lock.service';
import type { ArchiveInput } from './archive.schema';
import { traceOrganization } from './audit-place.policy';
import { enderOf, mayRestore } from './ender.policy';
import { assertSystemAdminRemains } from './last-admin.queries';

const lockedInScope = unscoped('the account was locked in scope before');

/**
 * Ends access without an end date and leaves the account out of lists. Roles, groups, memberships and the password stay,
 * and a deactivation stays as it was, so that `restoreUser` brings all of it back.
 */
export async function archiveUser(work: Work<'users.archive'>, { id, reason }: ArchiveInput) {
  const { status, rank } = await lockAccount(work, 'users.archive', id);
  if (status === 'archived') throw new Fail('user.archived');
  if (rank.isSystemAdmin) await assertSystemAdminRemains(work, id);
  const by = enderOf(work, 'users.archive');
  await work.write(
    lockedInScope,
    sql`
      UPDATE "user" SET status = 'archived', archived_status = status, archived_at = app_now(),
             archived_reason = nullif(${reason}::text, ''), archived_by = ${by}::deactivated_by,
             version = version + 1, updated_at = app_now()
       WHERE id = ${id}::uuid`,
  );
  await copyToMemberships(work, [id]);
  const sessions = await endSessions(work, id, 'archived');
  await work.audit({
    action: 'user.archived',
    subject: { type: 'user', id },
    organizationId: traceOrganization(rank),
    before: { status },
    after: { status: 'archived', by, sessionsEnded: sessions },
    ...(reason && { reason }),
  });
}

/**
 * Restores the status from before, with all access the account had. Fails with `user.archived_by_platform` for an
 * organization where the platform archived it. Restoring counts as a grant: it must be within the actor's own access.
 */
export async function restoreUser(work: Work<'users.archive'>, { id, reason }: ArchiveInput) {
  const account = await lockAccount(work, 'users.archive', id);
  if (account.status !== 'archived') throw new Fail('user.not_archived');
  if (!mayRestore(work, account.archivedBy)) throw new Fail('user.archived_by_platform');
  await assertWithinOwnAccess(work, id);
  const next = statusAfter(account);
  await work.write(
    lockedInScope,
    sql`
      UPDATE "user" SET status = ${next}::user_status, archived_status = NULL, archived_at = NULL, archived_reason = NULL,
             archived_by = NULL, version = version + 1, updated_at = app_now()
       WHERE id = ${id}::uuid`,
  );
  await copyToMemberships(work, [id]);
  await work.audit({
    action: 'user.restored',
    subject: { type: 'user', id },
    organizationId: traceOrganization(account.rank),
    before: { status: 'archived', by: account.archivedBy ?? 'platform', reason: account.archiveReason },
    after: { status: next, by: enderOf(work, 'users.archive') },
    ...(reason && { reason }),
  });
}

/** An account that lost its password meanwhile cannot be active. */
function statusAfter({ archivedStatus, hasPassword }: Locked) {
  return archivedStatus === 'active' && !hasPassword ? 'invited' : (archivedStatus ?? 'invited');
}

/** Applications' permissions too: rank, which was checked before, counts the console's alone. */
async function assertWithinOwnAccess(work: Work<'users.archive'>, id: string) {
  const grants = await work.read<{ permission: string; organizationId: string | null }>(
    lockedInScope,
    sql`SELECT permission, organization_id AS "organizationId" FROM (${grantsOf(id)}) granted`,
  );
  const isBeyond = grants.some(({ permission, organizationId }) => !work.may(permission as Permission, organizationId));
  if (isBeyond) throw new Fail('grant.beyond_own');
}

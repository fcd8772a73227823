import { copyToMemberships } from '@/features/memberships/copies.service';
import { newId } from '@/lib/ids';
import type { Permission } from '@/lib/permissions';
import { type ScopedSql, sql } from '@/server/db/sql';
import { unscoped, within } from '@/server/scope';
import type { Can, Work, Writes } from '@/server/work';

type Named = {
  email: string;
  firstName: string;
  lastName: string;
  phone?: string | null | undefined;
  organizationId: string | null;
};

/** A number typed by one organization stays in its invitation until acceptance: it is not for the others to see. */
const phoneToShare = ({ phone, organizationId }: Named) => (organizationId === null ? (phone ?? null) : null);

const byAddress = unscoped('an address has one account on the whole platform');

export type KnownPerson = {
  id: string;
  isNew: boolean;
  status: 'invited' | 'active' | 'inactive' | 'archived';
  wasNeverActive: boolean;
  /** Somebody of the platform archived them, which an organization does not undo. */
  isArchivedByPlatform: boolean;
  organizationIds: string[];
};

/**
 * Finds and locks the person with this address, or creates them as invited. The insert is always tried, so that a known
 * address takes the same steps as a new one and two requests at once create one person.
 */
export async function findPerson(work: Work<'users.invite'>, input: Named): Promise<KnownPerson> {
  const { email, firstName, lastName } = input;
  const made = await work.write(byAddress, (tables) =>
    tables.user.createMany({
      data: [{ id: newId(), email, firstName, lastName, phone: phoneToShare(input), status: 'invited' }],
      skipDuplicates: true,
    }),
  );
  const [person] = await work.read<Omit<KnownPerson, 'isNew' | 'organizationIds'> & { ids: string[] }>(
    byAddress,
    sql`
      SELECT u.id, u.status, u.activated_at IS NULL AND coalesce(u.archived_status, u.status) = 'invited' AS "wasNeverActive",
             coalesce(u.archived_by = 'platform', false) AS "isArchivedByPlatform",
             ARRAY(SELECT m.organization_id FROM membership m WHERE m.user_id = u.id) AS ids
        FROM "user" u WHERE u.email = ${email} FOR UPDATE OF u`,
  );
  if (!person) throw new Error('The address belongs to an account that cannot be read.');
  const { ids, ...known } = person;
  return { ...known, organizationIds: ids, isNew: made.count === 1 };
}

/** Whether `"user" u` belongs to an organization outside this scope, where the inviter must not change anything. */
export function isMemberOutside<P extends Permission>(can: Can<NoInfer<P>>, permission: P): ScopedSql {
  return sql`EXISTS (SELECT FROM membership m WHERE m.user_id = u.id
                      AND NOT ${within(can, permission, sql`m.organization_id`)})`;
}

const notArchived = { archivedAt: null, archivedStatus: null, archivedBy: null, archivedReason: null };

const manageable = unscoped('the person is locked, and in no organization outside the scope');

/** Unarchives and renames a person who is invited again. The caller knows of no open invitation. */
export async function reviveInvited(work: Work<'users.invite'>, person: KnownPerson, input: Named) {
  const { firstName, lastName } = input;
  const phone = phoneToShare(input);
  await work.write(manageable, (tables) =>
    tables.user.update({
      where: { id: person.id },
      data: { firstName, lastName, phone, status: 'invited', ...notArchived },
    }),
  );
  await copyToMemberships(work, [person.id]);
  if (person.status === 'archived') await work.audit(restored(person.id));
}

/** Unarchives people who were never active, because an invitation is sent to them again. */
export async function restoreInvited<P extends Permission>(work: Work<NoInfer<P>>, permission: P, userIds: string[]) {
  const back = await work.writeReturning<{ id: string }>(sql`
    UPDATE "user" u SET status = 'invited', archived_at = NULL, archived_status = NULL, archived_by = NULL,
           archived_reason = NULL
     WHERE u.id = ANY(${userIds}::uuid[]) AND u.status = 'archived' AND u.archived_status = 'invited'
       AND u.activated_at IS NULL AND NOT ${isMemberOutside(work, permission)}
       AND (u.archived_by IS DISTINCT FROM 'platform' OR ${work.may(permission, null)}::boolean)
    RETURNING u.id`);
  if (back.length === 0) return;
  const ids = back.map(({ id }) => id);
  await copyToMemberships(work, ids);
  await work.audit(...ids.map(restored));
}

function restored(id: string) {
  const subject = { type: 'user', id };
  return { action: 'user.restored' as const, subject, before: { status: 'archived' }, after: { status: 'invited' } };
}

const byLink = unscoped('the link of an invitation leads to this person, who accepts it');

/** The person accepts an invitation. `phone` is the number typed by who invited them, if any. */
export async function activateInvited(
  work: Writes,
  { id, firstName, lastName, phone }: { id: string; firstName: string; lastName: string; phone: string | null },
) {
  // Accepting does not raise the version, so open forms also compare the values they showed.
  await work.write(
    byLink,
    sql`
      UPDATE "user" SET status = 'active', first_name = ${firstName}, last_name = ${lastName},
             phone = coalesce(${phone}::text, phone), activated_at = app_now(), email_verified_at = app_now()
       WHERE id = ${id}::uuid AND status = 'invited'`,
  );
  await copyToMemberships(work, [id]);
}

/** For an account that was created in this transaction and gets an initial password instead of a link. */
export async function activateNew(work: Writes, id: string) {
  await work.write(
    unscoped('the account was created here'),
    sql`UPDATE "user" SET status = 'active', activated_at = app_now() WHERE id = ${id}::uuid`,
  );
}

/** Only people who were never active and have no open invitation. Locked, as one may be in the making. */
export async function archiveUnused(work: Work<'users.invite'>, userIds: string[]) {
  await work.read(manageable, sql`SELECT id FROM "user" WHERE id = ANY(${userIds}::uuid[]) ORDER BY id FOR UPDATE`);
  const archived = await work.writeReturning<{ id: string }>(sql`
    UPDATE "user" u SET status = 'archived', archived_status = 'invited', archived_at = app_now(),
           archived_by = NULL, archived_reason = NULL
     WHERE u.id = ANY(${userIds}::uuid[]) AND u.status = 'invited' AND u.activated_at IS NULL
       AND NOT EXISTS (SELECT FROM invitation i WHERE i.user_id = u.id AND i.state = 'open')
       AND NOT ${isMemberOutside(work, 'users.invite')}
    RETURNING u.id`);
  if (archived.length === 0) return;
  const ids = archived.map(({ id }) => id);
  await copyToMemberships(work, ids);
  await work.audit(
    ...ids.map((id) => ({
      action: 'user.archived' as const,
      subject: { type: 'user', id },
      before: { status: 'invited' },
      after: { status: 'archived' },
      reason: 'The last invitation was cancelled',
    })),
  );
}

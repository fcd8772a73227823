import { type Locked, lockRow, raiseVersion } from '@/features/users/account-lock.service';
import { findRank } from '@/features/users/rank.queries';
import { displayName, fullName } from '@/lib/names';
import { isText } from '@/lib/text';
import { sql } from '@/server/db/sql';
import { env } from '@/server/env';
import { Fail } from '@/server/fail';
import { unscoped, within } from '@/server/scope';
import type { Can, Work, Writes } from '@/server/work';
import { grantAccess } from './grants.service';
import { membershipAddedEmail } from './membership.emails';
import type { AddMemberInput, ChangeMembershipInput } from './membership.schema';
import { assertNoObstacle, membershipObstacle } from './obstacles.policy';
import { mayJoinSeveral } from './one-organization.policy';
import { assertMayReceive } from './receiving.policy';
import { type Difference, differenceOf, type RoleConflict, roleConflict } from './role-changes.service';

const locked = unscoped('the membership was locked in scope before');

type MembershipPermission = 'memberships.create' | 'memberships.update' | 'memberships.end';

/** Adds a person with an account to an organization. Only for the platform: org admins invite. */
export async function addMember(work: Work<'memberships.create'>, input: AddMemberInput) {
  if (!work.may('memberships.create', null) || !work.may('users.read', null)) throw new Fail('not_found');
  const person = await lockRow(work, input.id);
  const organization = await lockOrganization(work, input.organization);
  await assertMayActOn(work, person, organization.id);
  assertMayReceive(person);
  const { organizationIds } = person.rank;
  if (organizationIds.includes(organization.id)) throw new Fail('membership.exists', { field: 'organization' });
  if (organizationIds.length > 0 && !mayJoinSeveral())
    throw new Fail('organization.one_only', { field: 'organization' });
  if (organizationIds.length > 0 && person.hasPassword && !person.hasConfirmedEmail) {
    throw new Fail('email.unconfirmed', {
      field: 'organization',
      detail:
        'Nobody has confirmed this person’s address, so they join no other organization. They confirm it with “Forgot your password?” on the sign-in page.',
    });
  }
  const change = { granted: [], wanted: input.roles, organizationId: organization.id };
  const { added, after } = await differenceOf(work, change);
  await grantAccess(work, {
    userId: person.id,
    organizationId: organization.id,
    roleIds: added.map(({ id }) => id),
    groupIds: [],
    grantedBy: work.actor.id,
  });
  await raiseVersion(work, person.id);
  await work.audit({
    action: 'membership.added',
    subject: { type: 'user', id: person.id },
    organizationId: organization.id,
    after: { organization: organization.name, roles: after },
  });
  if (person.status === 'active') await notify(work, person, organization, after);
}

type Organization = { id: string; name: string };

/** A shared lock, so that people can be added in parallel. Deactivating the organization waits, or is seen here. */
async function lockOrganization(work: Work<'memberships.create'>, slug: string): Promise<Organization> {
  const [organization] = isText(slug)
    ? await work.read<Organization & { status: string }>(sql`
        SELECT id, name, status FROM organization
         WHERE slug = ${slug} AND ${within(work, 'memberships.create', sql`id`)} FOR SHARE`)
    : [];
  if (!organization) throw new Fail('organization.unknown', { field: 'organization' });
  if (organization.status === 'active') return organization;
  const words =
    organization.status === 'inactive'
      ? 'This organization is inactive. A System Admin can reactivate it.'
      : 'This organization is archived.';
  throw new Fail('organization.unknown', { field: 'organization', detail: words });
}

async function notify(work: Work, person: Locked, organization: Organization, roles: string[]) {
  const { id, email, firstName, lastName, version } = person;
  const params = {
    adderName: displayName(work.actor),
    organizationName: organization.name,
    roles,
    address: `${env().PUBLIC_URL}/account`,
  };
  await work.email(membershipAddedEmail, params, {
    to: { address: email, name: fullName({ firstName, lastName }) },
    userId: id,
    organizationId: organization.id,
    dedupeKey: `membership-added:${id}:${organization.id}:${version}`,
  });
}

async function assertMayActOn(work: Can, { rank }: Locked, organizationId: string) {
  const own = await findRank(work, work.actor.id);
  const actor = { id: work.actor.id, may: work.may, isSystemAdmin: own?.isSystemAdmin ?? false };
  assertNoObstacle(membershipObstacle(actor, rank, organizationId));
}

type Membership = { organization: Organization; person: Locked; version: number; roles: string[] };

/** Locks the person and the membership. Throws not found outside the actor's scope, as for one that does not exist. */
export async function lockMembership<P extends MembershipPermission>(
  work: Work<P>,
  permission: P,
  { id, organization: slug }: { id: string; organization: string },
): Promise<Membership> {
  const person = await lockRow(work, id);
  const [row] = isText(slug)
    ? await work.read<{ id: string; name: string; version: number; roles: string[] }>(sql`
        SELECT o.id, o.name, m.version,
               ARRAY(SELECT r.key FROM membership_role mr JOIN role r ON r.id = mr.role_id
                      WHERE mr.user_id = m.user_id AND mr.organization_id = m.organization_id ORDER BY r.key) AS roles
          FROM membership m JOIN organization o ON o.id = m.organization_id
         WHERE m.user_id = ${person.id}::uuid AND o.slug = ${slug} AND ${within(work, permission, sql`o.id`)}
           FOR UPDATE OF m`)
    : [];
  if (!row) throw new Fail('not_found');
  const { version, roles, ...organization } = row;
  await assertMayActOn(work, person, organization.id);
  return { organization, person, version, roles };
}

export type Changed = { kind: 'saved' } | { kind: 'unchanged' } | ({ kind: 'conflict' } & RoleConflict);

export async function changeMembership(
  work: Work<'memberships.update'>,
  input: ChangeMembershipInput,
): Promise<Changed> {
  const { organization, person, version, roles } = await lockMembership(work, 'memberships.update', input);
  if (person.status === 'archived') throw new Fail('user.archived');
  const conflict = await roleConflict(work, input, { version, granted: roles, organizationId: organization.id });
  if (conflict) {
    work.nothingChanged();
    return { kind: 'conflict', ...conflict };
  }
  const change = { granted: roles, wanted: input.roles, organizationId: organization.id };
  const difference = await differenceOf(work, change);
  if (difference.added.length + difference.removed.length === 0) {
    work.nothingChanged();
    return { kind: 'unchanged' };
  }
  await writeRoles(work, person.id, organization.id, difference);
  await work.audit({
    action: 'membership.changed',
    subject: { type: 'user', id: person.id },
    organizationId: organization.id,
    before: { roles: difference.before },
    after: { roles: difference.after },
  });
  return { kind: 'saved' };
}

async function writeRoles(work: Work, userId: string, organizationId: string, { added, removed }: Difference) {
  await work.write(locked, (tables) =>
    tables.membershipRole.deleteMany({
      where: { userId, organizationId, roleId: { in: removed.map(({ id }) => id) } },
    }),
  );
  const rows = added.map(({ id }) => ({ userId, organizationId, roleId: id, grantedBy: work.actor.id }));
  await work.write(locked, (tables) => tables.membershipRole.createMany({ data: rows }));
  await work.write(
    locked,
    sql`
      UPDATE membership SET version = version + 1
       WHERE user_id = ${userId}::uuid AND organization_id = ${organizationId}::uuid`,
  );
  await raiseVersion(work, userId);
}

export type Lost = { roles: string[]; groups: string[]; teams: string[] };

/** Removes a membership with its roles, groups and teams, and says which these were. */
export async function removeMembership(work: Writes, { person, organization }: Membership): Promise<Lost> {
  const place = sql`${person.id}::uuid`;
  const [lost] = await work.read<Lost>(
    locked,
    sql`
      SELECT ARRAY(SELECT r.name FROM membership_role mr JOIN role r ON r.id = mr.role_id
                    WHERE mr.user_id = ${place} AND mr.organization_id = ${organization.id}::uuid ORDER BY 1) AS roles,
             ARRAY(SELECT g.name FROM group_member gm JOIN "group" g ON g.id = gm.group_id
                    WHERE gm.user_id = ${place} AND g.organization_id = ${organization.id}::uuid ORDER BY 1) AS groups,
             ARRAY(SELECT t.name FROM team_member tm
                     JOIN team t ON t.organization_id = tm.organization_id AND t.id = tm.team_id
                    WHERE tm.user_id = ${place} AND tm.organization_id = ${organization.id}::uuid ORDER BY 1) AS teams`,
  );
  await work.write(
    locked,
    sql`
      DELETE FROM group_member gm USING "group" g
       WHERE g.id = gm.group_id AND g.organization_id = ${organization.id}::uuid AND gm.user_id = ${place}`,
  );
  await work.write(
    locked,
    sql`DELETE FROM membership WHERE user_id = ${place} AND organization_id = ${organization.id}::uuid`,
  );
  await raiseVersion(work, person.id);
  return lost ?? { roles: [], groups: [], teams: [] };
}

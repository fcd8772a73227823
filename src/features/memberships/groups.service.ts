import { assertMayGrant } from '@/features/roles/grant.queries';
import { type Locked, lockRow, raiseVersion } from '@/features/users/account-lock.service';
import { assertAdminWasNotTheLast } from '@/features/users/last-admin.queries';
import { assertMayChangeAccount, findRank } from '@/features/users/rank.queries';
import { sql } from '@/server/db/sql';
import { Fail } from '@/server/fail';
import { unscoped, within } from '@/server/scope';
import type { Work } from '@/server/work';
import type { ChangeGroupsInput } from './groups.schema';
import { assertNoObstacle, membershipObstacle } from './obstacles.policy';
import { assertMayReceive } from './receiving.policy';

const locked = unscoped('the person is locked, and the groups were found in scope');

type Group = { id: string; name: string; organizationId: string | null };

/**
 * Adds a person to groups and removes them from others. Groups have roles, so both count as grants, which must be
 * within the actor's own access. Only the sender's changes are applied; what others changed meanwhile stays. False if
 * nothing was left to do.
 */
export async function changeGroups(work: Work<'groups.update'>, input: ChangeGroupsInput): Promise<boolean> {
  const person = await lockRow(work, input.id);
  const joined = input.groups.filter((id) => !input.was.includes(id));
  const left = input.was.filter((id) => !input.groups.includes(id));
  const groups = await findAll(work, person, [...joined, ...left]);
  for (const group of groups) await assertMayChangeGroup(work, person, group);
  if (joined.length > 0) assertMayReceive(person);
  const current = await work.read(locked, (tables) =>
    tables.groupMember.findMany({
      where: { userId: person.id, groupId: { in: groups.map(({ id }) => id) } },
      select: { groupId: true },
    }),
  );
  const isIn = new Set(current.map(({ groupId }) => groupId));
  const added = groups.filter(({ id }) => joined.includes(id) && !isIn.has(id));
  const removed = groups.filter(({ id }) => left.includes(id) && isIn.has(id));
  if (added.length + removed.length === 0) {
    work.nothingChanged();
    return false;
  }
  await write(work, person, added, removed);
  return true;
}

/** A group outside the actor's scope or the person's organizations is unknown, like one that does not exist. */
async function findAll(work: Work<'groups.update'>, person: Locked, ids: string[]): Promise<Group[]> {
  if (![null, ...person.rank.organizationIds].some((at) => work.may('groups.update', at))) throw new Fail('not_found');
  const groups = await work.read<Group>(sql`
    SELECT g.id, g.name, g.organization_id AS "organizationId" FROM "group" g
     WHERE g.id = ANY(${ids}::uuid[]) AND ${within(work, 'groups.update', sql`g.organization_id`)}
       AND (g.organization_id IS NULL OR g.organization_id IN (
             SELECT m.organization_id FROM membership m WHERE m.user_id = ${person.id}::uuid))
     ORDER BY g.name`);
  if (groups.length !== ids.length) throw new Fail('group.unknown', { field: 'groups' });
  return groups;
}

async function assertMayChangeGroup(work: Work<'groups.update'>, { rank }: Locked, { id, organizationId }: Group) {
  if (organizationId === null) await assertMayChangeAccount(work, 'groups.update', rank);
  else {
    const own = await findRank(work, work.actor.id);
    const actor = { id: work.actor.id, may: work.may, isSystemAdmin: own?.isSystemAdmin ?? false };
    assertNoObstacle(membershipObstacle(actor, rank, organizationId));
  }
  await assertMayGrant(work, { roleIds: [], groupIds: [id], organizationId });
}

async function write(work: Work<'groups.update'>, person: Locked, added: Group[], removed: Group[]) {
  const userId = person.id;
  await work.write(locked, (tables) =>
    tables.groupMember.deleteMany({ where: { userId, groupId: { in: removed.map(({ id }) => id) } } }),
  );
  const rows = added.map(({ id }) => ({ groupId: id, userId, addedBy: work.actor.id }));
  await work.write(locked, (tables) => tables.groupMember.createMany({ data: rows }));
  await assertAdminWasNotTheLast(work, person);
  await raiseVersion(work, userId);
  const subject = { type: 'user', id: userId };
  await work.audit(
    ...removed.map(({ name, organizationId }) => ({
      action: 'group.left' as const,
      subject,
      organizationId,
      before: { group: name },
    })),
    ...added.map(({ name, organizationId }) => ({
      action: 'group.joined' as const,
      subject,
      organizationId,
      after: { group: name },
    })),
  );
}

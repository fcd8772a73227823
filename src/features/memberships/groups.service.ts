import { assertMayGrant } from '@/features/roles/grant.policy';
import { assertMayChangeAccount, findRank } from '@/features/users/rank.policy';
import { Fail } from '@/server/fail';
import type { Work } from '@/server/work';
import type { ChangeGroupsInput } from './groups.schema';
import { assertNoObstacle, membershipObstacle } from './obstacles.policy';
import { assertMayReceive, assertNotTheLast, type LockedPerson, lockPerson, raiseVersion } from './person-lock.service';

type Group = { id: string; name: string; organizationId: string | null };

/**
 * Adds a person to groups and removes them from others. Groups have roles, so both count as grants, which must be
 * within the actor's own access. Only the sender's changes are applied; what others changed meanwhile stays. False if
 * nothing was left to do.
 */
export async function changeGroups(work: Work<'groups.update'>, input: ChangeGroupsInput): Promise<boolean> {
  const person = await lockPerson(work.db, input.id);
  const joined = input.groups.filter((id) => !input.was.includes(id));
  const left = input.was.filter((id) => !input.groups.includes(id));
  const groups = await findAll(work, person, [...joined, ...left]);
  for (const group of groups) await assertMayChangeGroup(work, person, group);
  if (joined.length > 0) assertMayReceive(person);
  const current = await work.db.groupMember.findMany({
    where: { userId: person.id, groupId: { in: groups.map(({ id }) => id) } },
    select: { groupId: true },
  });
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
async function findAll(work: Work<'groups.update'>, person: LockedPerson, ids: string[]): Promise<Group[]> {
  const scope = work.scope('groups.update');
  const inReach = person.rank.organizationIds.filter((id) => scope.all || scope.organizationIds.includes(id));
  if (!scope.all && inReach.length === 0) throw new Fail('not_found');
  const groups = await work.db.group.findMany({
    where: {
      id: { in: ids },
      OR: [{ organizationId: { in: inReach } }, ...(scope.all ? [{ organizationId: null }] : [])],
    },
    select: { id: true, name: true, organizationId: true },
    orderBy: { name: 'asc' },
  });
  if (groups.length !== ids.length) throw new Fail('group.unknown', { field: 'groups' });
  return groups;
}

async function assertMayChangeGroup(
  work: Work<'groups.update'>,
  { rank }: LockedPerson,
  { id, organizationId }: Group,
) {
  if (organizationId === null) await assertMayChangeAccount(work, 'groups.update', rank);
  else {
    const own = await findRank(work.db, work.actor.id);
    const actor = { id: work.actor.id, may: work.may, isSystemAdmin: own?.isSystemAdmin ?? false };
    assertNoObstacle(membershipObstacle(actor, rank, organizationId));
  }
  await assertMayGrant(work, { roleIds: [], groupIds: [id], organizationId });
}

async function write(work: Work<'groups.update'>, person: LockedPerson, added: Group[], removed: Group[]) {
  const userId = person.id;
  await work.db.groupMember.deleteMany({ where: { userId, groupId: { in: removed.map(({ id }) => id) } } });
  const rows = added.map(({ id }) => ({ groupId: id, userId, addedBy: work.actor.id }));
  await work.db.groupMember.createMany({ data: rows });
  await assertNotTheLast(work.db, person);
  await raiseVersion(work.db, userId);
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

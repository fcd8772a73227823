import { differenceOf } from '@/features/memberships/role-changes.service';
import { assertSystemAdminRemains } from '@/features/users/last-admin.queries';
import { systemAdminRole } from '@/lib/permissions';
import { sql } from '@/server/db/sql';
import { Fail } from '@/server/fail';
import { unscoped, within } from '@/server/scope';
import type { Work } from '@/server/work';
import { largeGroup } from './deletion.policy';
import type { DeleteGroupInput } from './group.schema';
import { type LockedGroup, lockGroup } from './lock.service';
import { assertOutranksMembers } from './members-rank.queries';

const locked = unscoped('the group was locked in scope before');

/** So many events are written in one statement, and so many people at most get one in their history. */
const eventsAtOnce = 1_000;
const eventsAtMost = 10_000;

/** Deletes the group; the people in it lose its roles. Each role must be within the actor's own access. */
export async function deleteGroup(work: Work<'groups.delete'>, { id, typed }: DeleteGroupInput) {
  const group = await lockGroup(work, 'groups.delete', id);
  const { name, description, organizationId, roles } = group;
  const people = await membersOf(work, id);
  if (people.length >= largeGroup && typed !== name) {
    throw new Fail('input', { errors: { typed: [`Type the name of the group: ${name}`] } });
  }
  const { before } = await differenceOf(work, { granted: roles, wanted: [], organizationId });
  if (roles.length > 0) await assertOutranksMembers(work, group);
  await work.write(sql`
    DELETE FROM "group" g WHERE g.id = ${id}::uuid AND ${within(work, 'groups.delete', sql`g.organization_id`)}`);
  if (roles.includes(systemAdminRole)) await assertSystemAdminRemains(work, null);
  await work.audit({
    action: 'group.deleted',
    subject: { type: 'group', id },
    organizationId,
    before: { name, description, roles: before, people: people.length },
  });
  await auditLeaving(work, group, people);
}

async function membersOf(work: Work<'groups.delete'>, groupId: string): Promise<string[]> {
  const members = await work.read(locked, (tables) =>
    tables.groupMember.findMany({ where: { groupId }, select: { userId: true } }),
  );
  return members.map(({ userId }) => userId);
}

async function auditLeaving(work: Work<'groups.delete'>, { name, organizationId }: LockedGroup, people: string[]) {
  for (let at = 0; at < Math.min(people.length, eventsAtMost); at += eventsAtOnce) {
    await work.audit(
      ...people.slice(at, at + eventsAtOnce).map((id) => ({
        action: 'group.left' as const,
        subject: { type: 'user', id },
        organizationId,
        before: { group: name },
        reason: 'The group was deleted.',
      })),
    );
  }
}

import { type Difference, differenceOf } from '@/features/memberships/role-changes.service';
import { assertSystemAdminRemains } from '@/features/users/last-admin.queries';
import type { Conflict } from '@/lib/form-state';
import { systemAdminRole } from '@/lib/permissions';
import { isUniqueViolation } from '@/server/db/errors';
import { sql } from '@/server/db/sql';
import { Fail } from '@/server/fail';
import { unscoped, within } from '@/server/scope';
import type { Work } from '@/server/work';
import type { UpdateGroupInput } from './group.schema';
import { type LockedGroup, lockGroup } from './lock.service';
import { assertOutranksMembers } from './members-rank.queries';

const locked = unscoped('the group was locked in scope before');

export type Updated =
  | { kind: 'saved' | 'unchanged' }
  | { kind: 'conflict'; conflict: Conflict; values: Record<string, string | string[]> };

/**
 * If the name or the description has changed since the form was opened, nothing is saved and the differences are
 * returned. Of the roles only the sender's own changes are applied, and each must be within the actor's own access.
 */
export async function updateGroup(work: Work<'groups.edit'>, input: UpdateGroupInput): Promise<Updated> {
  const group = await lockGroup(work, 'groups.edit', input.id);
  const conflict = conflictWith(input, group);
  if (conflict) {
    work.nothingChanged();
    return conflict;
  }
  const { organizationId, roles: granted } = group;
  const difference = await differenceOf(work, { granted, wanted: wantedRoles(input, granted), organizationId });
  const changesRoles = difference.added.length + difference.removed.length > 0;
  if (!changesRoles && group.name === input.name && group.description === input.description) {
    work.nothingChanged();
    return { kind: 'unchanged' };
  }
  if (changesRoles) await changeRoles(work, group, difference);
  await saveWords(work, input);
  await work.audit({
    action: 'group.updated',
    subject: { type: 'group', id: group.id },
    organizationId,
    before: { name: group.name, description: group.description, roles: difference.before },
    after: { name: input.name, description: input.description, roles: difference.after },
  });
  return { kind: 'saved' };
}

function wantedRoles({ wasRoles, roles }: UpdateGroupInput, granted: string[]): string[] {
  const kept = granted.filter((key) => !wasRoles.includes(key) || roles.includes(key));
  return [...kept, ...roles.filter((key) => !wasRoles.includes(key) && !granted.includes(key))];
}

function conflictWith(input: UpdateGroupInput, group: LockedGroup): Extract<Updated, { kind: 'conflict' }> | null {
  const fields = [
    { field: 'the name', was: input.wasName, is: group.name, wanted: input.name },
    { field: 'the description', was: input.wasDescription, is: group.description, wanted: input.description },
  ];
  const changes = fields
    .filter(({ was, is, wanted }) => was !== is && wanted !== is)
    .map(({ field, was, is }) => ({ field, before: was, after: is, by: null, at: null }));
  if (changes.length === 0) return null;
  const { id, name, description, roles, wasRoles } = input;
  const opened = { wasName: group.name, wasDescription: group.description, wasRoles: wasRoles.join(',') };
  const values = { id, name, description, roles, ...opened };
  return { kind: 'conflict', conflict: { version: group.name, changes, choices: [] }, values };
}

async function changeRoles(work: Work<'groups.edit'>, group: LockedGroup, { added, removed }: Difference) {
  await assertOutranksMembers(work, group);
  await work.write(locked, (tables) =>
    tables.groupRole.deleteMany({ where: { groupId: group.id, roleId: { in: removed.map(({ id }) => id) } } }),
  );
  await work.write(locked, (tables) =>
    tables.groupRole.createMany({ data: added.map(({ id }) => ({ groupId: group.id, roleId: id })) }),
  );
  if (removed.some(({ key }) => key === systemAdminRole)) await assertSystemAdminRemains(work, null);
}

async function saveWords(work: Work<'groups.edit'>, { id, name, description }: UpdateGroupInput) {
  const change = work.write(sql`
    UPDATE "group" g SET name = ${name}, description = ${description}, version = version + 1
     WHERE g.id = ${id}::uuid AND ${within(work, 'groups.edit', sql`g.organization_id`)}`);
  await change.catch((error: unknown) => {
    throw isUniqueViolation(error) ? new Fail('group.exists', { field: 'name' }) : error;
  });
}

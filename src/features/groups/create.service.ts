import { assertMayGrant } from '@/features/roles/grant.queries';
import { newId } from '@/lib/ids';
import { Fail } from '@/server/fail';
import { unscoped } from '@/server/scope';
import type { Work } from '@/server/work';

const newGroup = unscoped('a new group, whose place was checked above');

export type NewGroup = {
  name: string;
  description?: string;
  roleIds: readonly string[];
  organizationId: string | null;
};

/** `fields` are the form's fields, for the errors. */
export async function createGroup(
  work: Work,
  group: NewGroup,
  fields: { name: string; roles: string } = { name: 'name', roles: 'roles' },
): Promise<string> {
  const { name, description = '', roleIds, organizationId } = group;
  if (!work.may('groups.create', organizationId)) throw new Fail('not_allowed', { field: fields.name });
  await assertMayGrant(work, { roleIds, groupIds: [], organizationId }).catch((error: unknown) => {
    throw error instanceof Fail ? new Fail(error.code, { field: fields.roles }) : error;
  });
  const id = newId();
  const made = await work.write(newGroup, (tables) =>
    tables.group.createMany({
      data: [{ id, name, description, organizationId }],
      skipDuplicates: true,
    }),
  );
  if (made.count === 0) throw new Fail('group.exists', { field: fields.name });
  await work.write(newGroup, (tables) =>
    tables.groupRole.createMany({ data: roleIds.map((roleId) => ({ groupId: id, roleId })) }),
  );
  await work.audit({
    action: 'group.created',
    subject: { type: 'group', id },
    organizationId,
    after: { name, description, roles: [...roleIds] },
  });
  return id;
}

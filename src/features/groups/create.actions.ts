'use server';

import { loadRoles } from '@/features/roles/list.queries';
import { Fail } from '@/server/fail';
import { action, done } from '@/server/work';
import { createGroup } from './create.service';
import { createGroupSchema } from './group.schema';
import { findOwner } from './owners.queries';

export const createGroupAction = action({
  name: 'group.create',
  permission: 'groups.create',
  input: createGroupSchema,
  run: async (work, { organization, roles, ...group }) => {
    const owner = await findOwner(work, organization);
    if (!owner) throw new Fail('organization.unknown', { field: 'name' });
    const known = (await loadRoles(work)).filter(({ key }) => roles.includes(key));
    if (known.length !== roles.length) throw new Fail('role.unknown', { field: 'roles' });
    const roleIds = known.map(({ id }) => id);
    const id = await createGroup(work, { ...group, roleIds, organizationId: owner.id });
    return done(`/groups/${id}`, 'group.created');
  },
});

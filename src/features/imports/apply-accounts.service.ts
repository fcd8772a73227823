import { createMissingGroups } from '@/features/groups/bulk-create.service';
import {
  addGroupMembers,
  addMemberships,
  grantMembershipRoles,
  grantPlatformRoles,
} from '@/features/memberships/grants.service';
import { createAccounts, updateAccounts } from '@/features/users/bulk-accounts.service';
import { enderOf } from '@/features/users/ender.policy';
import { newId } from '@/lib/ids';
import type { Work } from '@/server/work';
import { type Step, userOf } from './apply.schema';
import { type GroupLookup, groupKey } from './validate.queries';

type ImportWork = Work<'users.import'>;

export async function makeGroups(work: ImportWork, steps: Step[]) {
  const wanted = new Map<string, GroupLookup>();
  for (const { place, change } of steps) {
    for (const name of change.row.newGroups) {
      const group = { organizationId: place, name };
      wanted.set(groupKey(group), group);
    }
  }
  const groups = await createMissingGroups(work, [...wanted.values()]);
  const ids = new Map(groups.map((group) => [groupKey(group), group.id]));
  for (const step of steps) {
    const added = step.change.row.newGroups.flatMap(
      (name) => ids.get(groupKey({ organizationId: step.place, name })) ?? [],
    );
    step.groups = [...new Set([...step.groups, ...added])];
  }
}

/** Creates accounts and returns their ids, without those whose address was taken in the meantime. */
export async function insertUsers(work: ImportWork, steps: Step[]): Promise<Set<string>> {
  for (const step of steps) step.userId = newId();
  return createAccounts(
    work,
    enderOf(work, 'users.import'),
    steps.map((step) => {
      const { email, firstName, lastName, phone, suspended } = step.change.row;
      return { id: userOf(step), email, firstName, lastName, phone, isInactive: suspended };
    }),
  );
}

export async function updateUsers(work: ImportWork, steps: Step[]) {
  const people = steps.filter((step) => step.change.as === 'person');
  await updateAccounts(
    work,
    people.map((step) => ({ id: userOf(step), set: step.change.set })),
  );
}

/** Grants access at once, to people who have an account or are added as inactive. */
export async function grantDirectly(work: ImportWork, steps: Step[]) {
  if (steps.length === 0) return;
  const by = work.actor.id;
  const inside = steps.flatMap((step) =>
    step.place === null ? [] : [{ step, userId: userOf(step), organizationId: step.place }],
  );
  const joining = inside.filter(({ step }) => step.change.join || step.change.as === 'new');
  await addMemberships(
    work,
    by,
    joining.map(({ userId, organizationId }) => ({ userId, organizationId })),
  );
  await grantMembershipRoles(
    work,
    by,
    inside.flatMap(({ step, userId, organizationId }) =>
      step.roles.map((roleId) => ({ userId, organizationId, roleId })),
    ),
  );
  const onPlatform = steps.filter((step) => step.place === null);
  await grantPlatformRoles(
    work,
    by,
    onPlatform.flatMap((step) => step.roles.map((roleId) => ({ userId: userOf(step), roleId }))),
  );
  await addGroupMembers(
    work,
    by,
    steps.flatMap((step) => step.groups.map((groupId) => ({ userId: userOf(step), groupId }))),
  );
}

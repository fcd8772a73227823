import { type Locked, lockRow, raiseVersion } from '@/features/users/account-lock.service';
import { assertAdminWasNotTheLast } from '@/features/users/last-admin.queries';
import { assertMayChangeAccount } from '@/features/users/rank.queries';
import { Fail } from '@/server/fail';
import { unscoped } from '@/server/scope';
import type { Work, Writes } from '@/server/work';
import type { ChangePlatformRolesInput } from './membership.schema';
import type { Changed } from './membership.service';
import { assertMayReceive } from './receiving.policy';
import { type Difference, differenceOf, roleConflict } from './role-changes.service';

const platform = unscoped('the actor may grant roles on the whole platform');

/** Sets a person's roles on the whole platform. Roles from groups stay. */
export async function changePlatformRoles(
  work: Work<'roles.grant'>,
  input: ChangePlatformRolesInput,
): Promise<Changed> {
  const { person, granted } = await lockWithRoles(work, input.id);
  const conflict = await roleConflict(work, input, { version: person.version, granted, organizationId: null });
  if (conflict) {
    work.nothingChanged();
    return { kind: 'conflict', ...conflict };
  }
  const difference = await differenceOf(work, { granted, wanted: input.roles, organizationId: null });
  return { kind: (await write(work, person, difference)) ? 'saved' : 'unchanged' };
}

async function lockWithRoles(work: Work<'roles.grant'>, id: string): Promise<{ person: Locked; granted: string[] }> {
  if (!work.may('roles.grant', null)) throw new Fail('not_found');
  const person = await lockRow(work, id);
  await assertMayChangeAccount(work, 'roles.grant', person.rank);
  assertMayReceive(person);
  return { person, granted: await rolesOf(work, id) };
}

async function rolesOf(work: Writes, userId: string): Promise<string[]> {
  const rows = await work.read(platform, (tables) =>
    tables.userRole.findMany({ where: { userId }, select: { role: { select: { key: true } } } }),
  );
  return rows.map(({ role }) => role.key).sort();
}

/** Writes one event per role, so that the log can be searched for every grant of a role. */
async function write(work: Work<'roles.grant'>, person: Locked, { added, removed }: Difference) {
  if (added.length + removed.length === 0) {
    work.nothingChanged();
    return false;
  }
  await work.write(platform, (tables) =>
    tables.userRole.deleteMany({
      where: { userId: person.id, roleId: { in: removed.map(({ id }) => id) } },
    }),
  );
  await assertAdminWasNotTheLast(work, person);
  const rows = added.map(({ id }) => ({ userId: person.id, roleId: id, grantedBy: work.actor.id }));
  await work.write(platform, (tables) => tables.userRole.createMany({ data: rows }));
  await raiseVersion(work, person.id);
  const subject = { type: 'user', id: person.id };
  await work.audit(
    ...removed.map(({ key, name }) => ({ action: 'role.revoked' as const, subject, before: { role: name, key } })),
    ...added.map(({ key, name }) => ({ action: 'role.granted' as const, subject, after: { role: name, key } })),
  );
  return true;
}

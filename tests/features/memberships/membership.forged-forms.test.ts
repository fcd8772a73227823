import { testDatabase } from '@tests/support/database';
import { makeGroup, makeMember, makeUser, workAs } from '@tests/support/factories';
import { expect, test } from 'vitest';
import { changeGroupsSchema } from '@/features/memberships/groups.schema';
import { changeGroups } from '@/features/memberships/groups.service';
import { addMemberSchema, changeMembershipSchema, endMembershipSchema } from '@/features/memberships/membership.schema';
import { newId } from '@/lib/ids';
import type { Work } from '@/server/work';
import { actingAs, makeAdmin, refuses, rolesIn } from './memberships.support';

const { db } = await testDatabase();

test('forged ids, versions, lists and lengths are refused with a readable message', () => {
  const good = { id: newId(), organization: 'acme', version: '1', roles: 'viewer', was: '' };
  const bad = [
    { id: undefined },
    { id: [newId(), newId()] },
    { id: "x' OR true" },
    { organization: ['acme', 'other'] },
    { organization: { not: '' } },
    { organization: 'x'.repeat(100_000) },
    { version: '-1' },
    { version: '1\n' },
    { version: ['1', '2'] },
    { version: '9'.repeat(100_000) },
    { was: ['a', 'b'] },
    { was: 'x'.repeat(100_000) },
    { roles: ['x'.repeat(100_000)] },
    { roles: Array.from({ length: 101 }, (_, n) => `role-${n}`) },
  ];
  expect(changeMembershipSchema.safeParse(good).success).toBe(true);
  for (const forged of bad) {
    const messages = changeMembershipSchema
      .safeParse({ ...good, ...forged })
      .error?.issues.map(({ message }) => message);
    expect(messages, JSON.stringify(forged).slice(0, 60)).toHaveLength(1);
    expect(messages?.[0]).toMatch(/^(This|Choose|Open) [^:]*\.$/);
  }
  expect(changeMembershipSchema.parse({ ...good, roles: ['viewer', '', 'viewer'] }).roles).toEqual(['viewer']);
  expect(addMemberSchema.safeParse({ ...good, organization: '' }).success).toBe(false);
  expect(endMembershipSchema.safeParse({ ...good, reason: 'x'.repeat(100_000) }).success).toBe(false);
  expect(changeGroupsSchema.safeParse({ id: good.id, groups: ['no id'], was: [] }).success).toBe(false);
});

test('null characters and a forged initial state grant and revoke nothing', async () => {
  const orgAdmin = await makeMember(db, { roles: ['org-admin'] });
  const { organizationId } = orgAdmin;
  const { slug } = await db.organization.findUniqueOrThrow({ where: { id: organizationId } });
  const member = await makeMember(db, { organizationId, roles: ['viewer'] });
  const act = actingAs(db, orgAdmin.id);
  await refuses(act.change(member.id, `${slug}\0`, ['viewer']), 'not_found');
  await refuses(act.change(member.id, slug, ['viewer', 'author\0']), 'role.unknown');
  const forged = await act.change(member.id, slug, ['author'], { version: 99, was: ['author', 'system-admin'] });
  expect(forged).toMatchObject({ kind: 'conflict', values: { was: 'viewer' } });
  expect(await rolesIn(db, member.id, organizationId)).toEqual(['viewer']);

  const admin = actingAs(db, (await makeAdmin(db)).id);
  await refuses(admin.add((await makeUser(db)).id, `${slug}\0`), 'organization.unknown');
});

test('a forged group of another organization is neither left nor revealed', async () => {
  const orgAdmin = await makeMember(db, { roles: ['org-admin'] });
  const member = await makeMember(db, { organizationId: orgAdmin.organizationId });
  const elsewhere = await makeMember(db, { userId: member.id });
  const theirs = await makeGroup(db, { organizationId: elsewhere.organizationId, members: [member.id] });
  for (const was of [theirs.id, newId()]) {
    const action = workAs(db, orgAdmin.id, (work: Work<'groups.update'>) =>
      changeGroups(work, { id: member.id, groups: [], was: [was] }),
    );
    await refuses(action, 'group.unknown');
  }
  expect(await db.groupMember.count({ where: { groupId: theirs.id } })).toBe(1);
});

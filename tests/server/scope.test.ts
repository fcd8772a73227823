import { testDatabase } from '@tests/support/database';
import { canAs, makeMember, makeOrganization, makeUser } from '@tests/support/factories';
import { expect, test } from 'vitest';
import { newId } from '@/lib/ids';
import { sql } from '@/server/db/sql';
import { eachPlace, narrowed, narrowedTo, onlyPlace, perOrganization, reachOf, within } from '@/server/scope';

const { db } = await testDatabase();
const column = sql`m.organization_id`;
const admin = async () => canAs<'users.read'>(db, (await makeUser(db, { roles: ['system-admin'] })).id);

async function orgAdminOf(count: number) {
  const organizations = await Promise.all(Array.from({ length: count }, () => makeOrganization(db)));
  const [first, ...others] = organizations.map(({ id }) => id);
  const member = await makeMember(db, { organizationId: first ?? newId(), roles: ['org-admin'] });
  for (const organizationId of others)
    await makeMember(db, { userId: member.id, organizationId, roles: ['org-admin'] });
  return { can: await canAs<'users.read' | 'users.export'>(db, member.id), ids: organizations.map(({ id }) => id) };
}

test('the platform has no condition, one organization an equality, several a list, none nothing', async () => {
  expect(within(await admin(), 'users.read', column).sql).toBe('true');
  const one = await orgAdminOf(1);
  expect(within(one.can, 'users.read', column)).toMatchObject({ sql: 'm.organization_id = ?::uuid', values: one.ids });
  const two = await orgAdminOf(2);
  expect(within(two.can, 'users.read', column).sql).toBe('m.organization_id = ANY(?::uuid[])');
  const nobody = await canAs<'users.read'>(db, (await makeUser(db)).id);
  expect(within(nobody, 'users.read', column).sql).toBe('false');
  expect([await admin(), one.can, two.can, nobody].map((can) => reachOf(can, 'users.read'))).toEqual([
    'platform',
    'one',
    'several',
    'nowhere',
  ]);
});

test('a handle for one organization of several reaches only there, also for another permission', async () => {
  const { can, ids } = await orgAdminOf(2);
  const [here = '', there = ''] = ids;
  const inside = narrowedTo(can, here);
  expect(onlyPlace(inside, 'users.read')).toBe(here);
  expect([inside.may('users.read', here), inside.may('users.read', there), inside.may('users.read', null)]).toEqual([
    true,
    false,
    false,
  ]);
  const other = inside.as('groups.read');
  expect(other && onlyPlace(other, 'groups.read')).toBe(here);
  expect(within(narrowedTo(can, newId()), 'users.read', column).sql).toBe('false');
  expect(narrowedTo(can, newId()).as('users.read')).toBeNull();
  expect(perOrganization(can, 'users.read').map((each) => onlyPlace(each, 'users.read'))).toEqual(
    expect.arrayContaining(ids),
  );
  expect(eachPlace(can, 'users.read').values).toEqual([expect.arrayContaining(ids)]);
});

test('a handle narrowed by a second permission reaches where both are granted', async () => {
  const { can, ids } = await orgAdminOf(2);
  expect(reachOf(narrowed(can, 'users.export'), 'users.read')).toBe('several');
  expect(reachOf(narrowed(can, 'roles.grant'), 'users.read')).toBe('nowhere');
  expect(reachOf(narrowed(await admin(), 'users.export'), 'users.read')).toBe('platform');
  expect(ids).toHaveLength(2);
});

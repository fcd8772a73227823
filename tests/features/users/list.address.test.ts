import { ownDatabase } from '@tests/support/database';
import { canAs, makeMember, makeUser, workAs } from '@tests/support/factories';
import { expect, test } from 'vitest';
import { saveListPreference } from '@/features/account/preferences.service';
import { deactivateSchema, reactivateSchema } from '@/features/users/deactivation.schema';
import { parseUserFilter, readUserCursor, userSorts, writeUserCursor } from '@/features/users/list.schema';
import { readUserListPreference, userListFormSchema } from '@/features/users/list-preference.schema';
import { newId } from '@/lib/ids';
import type { SearchParams } from '@/lib/search-params';
import type { Can, Work } from '@/server/work';
import { list } from './users.support';

const { db } = await ownDatabase();

const impossible: SearchParams[] = [
  { status: 'nonsense' },
  { group: 'x' },
  { team: "' OR 1=1" },
  { role: '{"not":""}' },
  { role: 'a\0b' },
  { dormant: '-1' },
  { dormant: '1e9' },
  { dormant: 'NaN' },
  { createdFrom: '2024-02-30' },
  { createdTo: '9999999-01-01' },
];

test('a filter value that cannot exist matches nobody', async () => {
  const ada = await makeUser(db, { roles: ['system-admin'] });
  const can = await canAs<'users.read'>(db, ada.id);
  for (const params of impossible) {
    const { rows, count } = await list(can, params);
    expect({ rows, count }, JSON.stringify(params)).toEqual({ rows: [], count: 0 });
  }
  const harmless: SearchParams[] = [
    { sort: '__proto__' },
    { sort: ['name', 'email'], direction: 'sideways', size: '1000000' },
    { q: ['a', 'b'] },
    { q: 'x\0y' },
    { organization: '\0' },
    { q: 'x'.repeat(1_000_000) },
    { createdFrom: '1970-01-01', createdTo: '9999-12-31' },
    { constructor: 'x', toString: 'y' },
  ];
  for (const params of harmless)
    await expect(list(can, params), JSON.stringify(params).slice(0, 80)).resolves.toBeTruthy();
});

test('a cursor that cannot be read leads to the first page and says so', async () => {
  const ada = await makeUser(db, { roles: ['system-admin'] });
  const can = await canAs<'users.read'>(db, ada.id);
  const id = newId();
  const forged = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const places = [
    'x',
    'a'.repeat(100_000),
    forged({ not: '' }),
    forged([]),
    forged(['created', null, id]),
    forged(['created', '2024-01-01', id]),
    forged(['created', '2024-13-45T00:00:00.000Z', id]),
    forged(['created', '2024-01-01T00:00:00.000Z', 'x']),
    forged(['created', { not: '' }, id]),
    forged(['created', '2024-01-01T00:00:00.000Z', id, id]),
    writeUserCursor('name', { values: ['a'], id }),
    writeUserCursor('lastSignIn', { values: [null], id }),
  ];
  for (const place of places) {
    for (const name of ['after', 'before']) {
      const filter = parseUserFilter({ [name]: place }, 50);
      expect([filter.lostPlace, filter.after, filter.before], place.slice(0, 60)).toEqual([true, null, null]);
    }
    expect((await list(can, { after: place })).rows.length).toBeGreaterThan(0);
  }
  const nul = writeUserCursor('name', { values: ['a\0'], id });
  expect(readUserCursor(nul, 'name')).toBeNull();
  for (const sort of Object.keys(userSorts) as (keyof typeof userSorts)[]) {
    const values = sort === 'status' ? ['active', '2024-01-01T00:00:00.000Z'] : ['2024-01-01T00:00:00.000Z'];
    expect(readUserCursor(writeUserCursor(sort, { values, id }), sort)).toEqual({ values, id });
  }
});

test('forms refuse values that are not text, not an id, not a day, or too long', () => {
  const id = newId();
  const bad = [
    {},
    { id: { not: '' } },
    { id: [id, id] },
    { id: 'x' },
    { id, reason: { not: '' } },
    { id, reason: ['a', 'b'] },
    { id, reason: 'x'.repeat(1_000_000) },
  ];
  for (const input of bad) {
    expect(deactivateSchema.safeParse(input).success, JSON.stringify(input).slice(0, 80)).toBe(false);
    expect(reactivateSchema.safeParse(input).success).toBe(false);
  }
  for (const until of ['tomorrow', '2026-02-30', ['2027-01-01'], { not: '' }]) {
    expect(deactivateSchema.safeParse({ id, until }).success).toBe(false);
  }
  expect(deactivateSchema.parse({ id, until: '', extra: 'x' })).toEqual({ id, reason: '', until: null, returnTo: '' });
  expect(userListFormSchema.safeParse({ density: 'loose' }).success).toBe(false);
  expect(userListFormSchema.parse({ density: 'compact', columns: 'email', returnTo: '//evil.example' })).toEqual({
    columns: ['email'],
    density: 'compact',
    size: 50,
    returnTo: '/users',
  });
});

test('columns, density and size are saved without touching the settings of other lists', async () => {
  const ada = await makeUser(db, { roles: ['system-admin'] });
  await db.preference.create({ data: { userId: ada.id, lists: { audit: { size: 25 } } } });
  const chosen = { columns: ['email' as const], size: 100 as const, density: 'compact' as const };
  const save = (work: Work<'users.read'>) => saveListPreference(work, 'users', chosen);
  await workAs(db, ada.id, save, { exempt: true });
  const saved = await db.preference.findUniqueOrThrow({ where: { userId: ada.id } });
  expect(saved.lists).toEqual({ audit: { size: 25 }, users: chosen });
  expect(readUserListPreference(saved.lists)).toEqual(chosen);
  expect(readUserListPreference({ users: { columns: 'x', size: 7 } })).toMatchObject({
    size: 50,
    density: 'comfortable',
  });
  expect(readUserListPreference(null).columns).toContain('roles');
});

/** Counts the statements that the page sends to the database. */
async function statementsOf(can: Can<'users.read'>, params: SearchParams, size: 25 | 100): Promise<number> {
  let statements = 0;
  const read = (...args: Parameters<typeof can.read>) => {
    statements += 1;
    return can.read(...args);
  };
  await list({ ...can, read: read as typeof can.read }, params, size);
  return statements;
}

test('a page costs the same few statements for 25 rows as for 100', async () => {
  const ada = await makeUser(db, { roles: ['system-admin'] });
  const orgAdmin = await makeMember(db, { roles: ['org-admin'] });
  for (let n = 0; n < 120; n += 1)
    await makeMember(db, { organizationId: orgAdmin.organizationId, lastName: 'Miller' });
  for (const id of [ada.id, orgAdmin.id]) {
    const can = await canAs<'users.read'>(db, id);
    const cases: [SearchParams, number][] = [
      [{}, 3],
      [{ q: 'miller' }, 4],
      [{ role: 'viewer', status: 'active' }, 6],
    ];
    for (const [params, limit] of cases) {
      const [few, many] = [await statementsOf(can, params, 25), await statementsOf(can, params, 100)];
      expect(few, JSON.stringify(params)).toBe(many);
      // The statements of the session and of the page frame are not counted here.
      expect(many, JSON.stringify(params)).toBeLessThanOrEqual(limit);
    }
  }
});

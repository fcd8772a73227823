import { testDatabase } from '@tests/support/database';
import { canAs, makeGroup, makeMember, makeOrganization, makeUser } from '@tests/support/factories';
import { expect, test } from 'vitest';
import { resolveFilter } from '@/features/users/filter.queries';
import { parseUserFilter, userSorts } from '@/features/users/list.schema';
import { walkFor } from '@/features/users/list-rows.queries';
import { newId } from '@/lib/ids';
import { narrowedTo } from '@/server/scope';
import type { Can } from '@/server/work';
import { day, list, makeWorld, type Person, walk } from './users.support';

const { db } = await testDatabase();

async function admin(): Promise<Can<'users.read'>> {
  const ada = await makeUser(db, {
    roles: ['system-admin'],
    email: 'zz-admin@example.org',
    firstName: 'Admin',
    lastName: 'Zz',
  });
  return canAs(db, ada.id);
}

const idsOf = (people: { id: string }[]) => people.map(({ id }) => id).toSorted();

test('the pages of every order add up to the whole list, forwards and backwards', { timeout: 120_000 }, async () => {
  const { people, organizations } = await makeWorld(db);
  const can = await admin();
  const keys = new Map<string, { status: string; sort_name: string }>();
  for (const row of await db.$queryRaw<{ id: string; status: string; sort_name: string }[]>`
    SELECT id, status, sort_name FROM "user"`)
    keys.set(row.id, row);
  const statusOrder = ['invited', 'active', 'inactive', 'archived'];
  const valuesBy: Record<string, (person: Person) => string | number | null> = {
    name: (person) => keys.get(person.id)?.sort_name ?? null,
    email: (person) => person.email,
    status: (person) => statusOrder.indexOf(person.status) * 1e15 + person.createdAt.getTime(),
    created: (person) => person.createdAt.getTime(),
    lastSignIn: (person) => person.lastSignInAt?.getTime() ?? null,
    lastActivity: (person) => person.lastActivityAt?.getTime() ?? null,
  };
  for (const organization of [undefined, organizations[0]]) {
    const inside = people.filter(({ organizations: joined }) => !organization || joined.has(organization.id));
    for (const sort of Object.keys(userSorts)) {
      for (const direction of ['asc', 'desc']) {
        const sign = direction === 'asc' ? 1 : -1;
        const value = valuesBy[sort] ?? (() => null);
        const expected = inside.toSorted((a, b) => {
          const [x, y] = [value(a), value(b)];
          if (x === null || y === null) return x === y ? sign * (a.id < b.id ? -1 : 1) : x === null ? 1 : -1;
          if (x === y) return sign * (a.id < b.id ? -1 : 1);
          return sign * (compare(x, y) < 0 ? -1 : 1);
        });
        const status = ['invited', 'active', 'inactive', 'archived'];
        const scope = organization ? { organization: organization.slug } : {};
        // The walk reads everything, gives up at once, or gives up halfway.
        for (const effort of [4_000, 1, 40]) {
          const { there, back } = await walk(can, { sort, direction, status, ...scope }, effort);
          const mine = there.filter((id) => id !== can.actor.id);
          expect(mine, `${sort} ${direction} ${effort}`).toEqual(expected.map(({ id }) => id));
          expect(back).toEqual(there);
        }
      }
    }
  }
});

/** Text by bytes, like Postgres' collation "C". */
function compare(x: string | number, y: string | number): number {
  if (typeof x === 'string' && typeof y === 'string') return Buffer.compare(Buffer.from(x), Buffer.from(y));
  return Number(x) - Number(y);
}

test('every filter finds the same people as checking each person', { timeout: 60_000 }, async () => {
  const { people, organizations, group } = await makeWorld(db);
  const can = await admin();
  const kept = people.filter(({ status }) => status !== 'archived');
  const silent = (person: Person, days: number) =>
    person.createdAt.getTime() < Date.now() - days * day &&
    (!person.lastActivityAt || person.lastActivityAt.getTime() < Date.now() - days * day);
  const cases: [Record<string, string | string[]>, (person: Person) => boolean][] = [
    [{ status: 'inactive' }, ({ status }) => status === 'inactive'],
    [{ status: ['inactive', 'archived'] }, ({ status }) => status === 'inactive' || status === 'archived'],
    [{ role: 'author' }, ({ roles, status }) => roles.has('author') && status !== 'archived'],
    [{ role: 'caseworker' }, ({ roles, status }) => roles.has('caseworker') && status !== 'archived'],
    [{ group: group.id }, ({ groups, status }) => groups.has(group.id) && status !== 'archived'],
    [
      { organization: organizations[1].slug },
      ({ organizations: joined, status }) => joined.has(organizations[1].id) && status !== 'archived',
    ],
    [{ dormant: '90' }, (person) => silent(person, 90) && person.status !== 'archived'],
    [{ signedIn: 'never', status: 'active' }, ({ lastSignInAt, status }) => !lastSignInAt && status === 'active'],
    [
      { role: 'caseworker', status: 'inactive', dormant: '30', organization: organizations[0].slug },
      (person) =>
        person.roles.has('caseworker') &&
        person.status === 'inactive' &&
        silent(person, 30) &&
        person.organizations.has(organizations[0].id),
    ],
    [
      { q: 'smith2', role: 'viewer' },
      // A search finds archived people too.
      ({ lastName, roles }) => lastName === 'Smith2' && roles.has('viewer'),
    ],
  ];
  for (const [params, matches] of cases) {
    for (const sort of Object.keys(userSorts)) {
      for (const effort of [4_000, 1]) {
        const { there } = await walk(can, { ...params, sort }, effort);
        const found = there.filter((id) => id !== can.actor.id).toSorted();
        expect(found, JSON.stringify({ ...params, sort, effort })).toEqual(idsOf(people.filter(matches)));
      }
    }
    const { count } = await list(can, params);
    const withActor = (await walk(can, params)).there.length;
    expect(count).toBe(withActor);
  }
  const { figures } = await list(can);
  expect(figures.total).toBe(kept.length + 1);
});

test('an org admin’s list, counts and choices show only their organization', { timeout: 60_000 }, async () => {
  const { people, organizations } = await makeWorld(db, 60);
  const [mine, other] = organizations;
  const secret = await makeGroup(db, { organizationId: other.id, name: 'Secret group', roles: ['viewer'] });
  const platform = await makeGroup(db, {
    name: 'Platform group',
    roles: ['author'],
    members: people.map(({ id }) => id),
  });
  const orgAdmin = await makeMember(db, {
    organizationId: mine.id,
    roles: ['org-admin'],
    email: 'org-admin@example.org',
  });
  const can = await canAs<'users.read'>(db, orgAdmin.id);
  const theirs = people.filter(({ organizations: joined }) => joined.has(mine.id));
  const { there } = await walk(can, { status: ['invited', 'active', 'inactive', 'archived'] });
  expect(there.toSorted()).toEqual([...idsOf(theirs), orgAdmin.id].toSorted());

  const { rows, figures, options } = await list(can, {}, 100);
  expect(figures.total).toBe(theirs.filter(({ status }) => status !== 'archived').length + 1);
  expect(figures.invited).toBe(theirs.filter(({ status }) => status === 'invited').length);
  expect(new Set(rows.flatMap((row) => row.organizations))).toEqual(new Set([mine.name]));
  const shown = JSON.stringify({ rows, options });
  for (const canary of [other.id, other.name, secret.name, platform.name, 'System Admin', 'Auditor']) {
    expect(shown).not.toContain(canary);
  }
  for (const params of [
    { organization: other.slug },
    { group: secret.id },
    { group: platform.id },
    { role: 'auditor' },
  ]) {
    expect((await list(can, params)).rows, JSON.stringify(params)).toEqual([]);
  }
  const strangers = people.filter(({ organizations: joined }) => !joined.has(mine.id));
  for (const { email } of strangers.slice(0, 5)) expect((await list(can, { q: email })).count).toBe(0);
});

test('an admin of several organizations sees each person once', { timeout: 60_000 }, async () => {
  const { people, organizations } = await makeWorld(db, 60);
  const orgAdmin = await makeMember(db, { organizationId: organizations[0].id, roles: ['org-admin'] });
  await makeMember(db, { userId: orgAdmin.id, organizationId: organizations[1].id, roles: ['org-admin'] });
  const can = await canAs<'users.read'>(db, orgAdmin.id);
  const both = people.filter(({ organizations: joined }) => joined.size > 0).map(({ id }) => id);
  for (const sort of Object.keys(userSorts)) {
    const everybody = { sort, status: ['invited', 'active', 'inactive', 'archived'] };
    const { there, back } = await walk(can, everybody);
    expect(await walk(can, everybody, 10)).toEqual({ there, back });
    expect(there.toSorted(), sort).toEqual([...both, orgAdmin.id].toSorted());
    expect(back).toEqual(there);
    const active = await walk(can, { sort, status: ['active'] });
    expect(await walk(can, { sort, status: ['active'] }, 10)).toEqual(active);
    const expected = people.filter((p) => p.organizations.size > 0 && p.status === 'active').map(({ id }) => id);
    expect(active.there.toSorted(), sort).toEqual([...expected, orgAdmin.id].toSorted());
  }
  const { count } = await list(can, { q: 'smith' });
  const smiths = people.filter((p) => p.organizations.size > 0 && p.lastName && p.status !== 'archived');
  expect(count).toBe(smiths.length);
});

test('there is no walk along the index if it would end before it fills a page', async () => {
  const matching = await resolveFilter(await admin(), parseUserFilter({ q: 'smith' }, 50));
  const walked = (people: number, everybody: number, cost = 10_000) => walkFor(matching, { people, everybody, cost });
  expect(walked(3_000, 1_000_000)).toBe(0);
  expect(walked(3_000, 100_000)).toBe(4_000);
  expect(walked(50_000, 1_000_000)).toBe(4_000);
  expect(walked(3_000, 1_000_000, 30_000)).toBe(20_000);
  expect(walkFor({ ...matching, can: narrowedTo(matching.can, newId()) }, null)).toBe(4_000);
  expect(walkFor({ ...matching, common: [false] }, null)).toBe(0);
});

test('somebody without the permission in any organization sees nobody', async () => {
  const organization = await makeOrganization(db);
  const member = await makeMember(db, { organizationId: organization.id, roles: ['viewer'] });
  const can = await canAs<'users.read'>(db, member.id);
  expect((await list(can)).rows).toEqual([]);
  expect((await list(can)).figures.total).toBe(0);
});

test('filtering by a role that many groups grant lists and counts the members of each', async () => {
  const can = await admin();
  const names = Array.from({ length: 10 }, (_, n) => `Granting ${n}`);
  const members = await Promise.all(names.map((_, n) => makeUser(db, { email: `granted-${n}@example.com` })));
  for (const [n, name] of names.entries()) {
    await makeGroup(db, { name, roles: ['vendor'], members: [members[n]?.id ?? ''] });
  }
  const outsider = await makeUser(db, { email: 'granted-nothing@example.com' });
  const { count } = await list(can, { role: 'vendor', q: 'granted-' });
  expect(count).toBe(10);
  for (const effort of [4_000, 1, 0]) {
    const { there } = await walk(can, { role: 'vendor', q: 'granted-' }, effort);
    expect(there.toSorted()).toEqual(idsOf(members));
    expect(there).not.toContain(outsider.id);
  }
});

import { invite } from '@tests/features/invitations/invitations.support';
import { canAs, makeGroup, makeMember, makeOrganization, makeUser } from '@tests/support/factories';
import { expect } from 'vitest';
import { resolveFilter } from '@/features/users/filter.queries';
import { listUsers } from '@/features/users/list.queries';
import { parseUserFilter } from '@/features/users/list.schema';
import { listUserRows, type UserPage } from '@/features/users/list-rows.queries';
import type { SearchParams } from '@/lib/search-params';
import type { Db } from '@/server/db/client';
import { Fail, type FailCode } from '@/server/fail';
import type { Can } from '@/server/work';

const shown = { roles: true, organizations: true };

export function list(can: Can<'users.read'>, params: SearchParams = {}, size: 25 | 50 | 100 = 25) {
  return listUsers(can, parseUserFilter(params, size), shown);
}

async function page(can: Can<'users.read'>, params: SearchParams, effort?: number): Promise<UserPage> {
  const matching = await resolveFilter(can, parseUserFilter(params, 25));
  return listUserRows(can, matching, shown, effort);
}

/** The whole list by following "older" to its end, and again by following "newer" back to its beginning. */
export async function walk(can: Can<'users.read'>, params: SearchParams, effort?: number) {
  const there: string[] = [];
  const back: string[] = [];
  let at = await page(can, params, effort);
  for (;;) {
    there.push(...at.rows.map(({ id }) => id));
    if (!at.older) break;
    at = await page(can, { ...params, after: at.older }, effort);
  }
  for (;;) {
    back.unshift(...at.rows.map(({ id }) => id));
    if (!at.newer) break;
    at = await page(can, { ...params, before: at.newer }, effort);
  }
  return { there, back };
}

export type Person = {
  id: string;
  email: string;
  firstName: string;
  lastName: string;
  status: 'invited' | 'active' | 'inactive' | 'archived';
  createdAt: Date;
  lastSignInAt: Date | null;
  lastActivityAt: Date | null;
  roles: Set<string>;
  organizations: Set<string>;
  groups: Set<string>;
};

const statuses = ['active', 'active', 'active', 'invited', 'inactive', 'archived'] as const;
const firstNames = ['Ada', 'Ольга', 'Zoë', 'ada', 'Νίκος', 'Øystein', "O'Hara", '100%', 'under_score', 'back\\slash'];
export const day = 24 * 60 * 60 * 1000;

/** People with ties in every order, empty names, nulls, and roles granted in different ways. */
export async function makeWorld(db: Db, size = 90) {
  const now = Date.now();
  const organizations = [await makeOrganization(db), await makeOrganization(db)] as const;
  const people: Person[] = [];
  for (let n = 0; n < size; n += 1) {
    const status = statuses[n % statuses.length] ?? 'active';
    const seen = status === 'invited' || n % 5 === 2 ? null : new Date(now - (n % 7) * 40 * day);
    const person = await makeUser(db, {
      email: `${String.fromCharCode(97 + (n % 6))}${n}@example.com`,
      firstName: n % 9 === 8 ? '' : (firstNames[n % firstNames.length] ?? ''),
      lastName: n % 9 === 8 ? '' : `Smith${n % 4}`,
      status,
      createdAt: new Date(now - (n % 11) * 30 * day - day),
    });
    await db.user.update({ where: { id: person.id }, data: { lastSignInAt: seen, lastActivityAt: seen } });
    const mine = { roles: new Set<string>(), organizations: new Set<string>(), groups: new Set<string>() };
    for (const [index, { id: organizationId }] of organizations.entries()) {
      if (n % 3 !== index && n % 10 !== 0) continue;
      const role = n % 4 === 0 ? 'caseworker' : 'viewer';
      await makeMember(db, { userId: person.id, organizationId, roles: [role] });
      mine.organizations.add(organizationId);
      mine.roles.add(role);
    }
    people.push({ ...person, ...mine, lastSignInAt: seen, lastActivityAt: seen });
  }
  const inGroup = people.filter((_, n) => n % 8 === 1);
  const group = await makeGroup(db, { roles: ['author'], members: inGroup.map(({ id }) => id) });
  for (const person of inGroup) {
    person.groups.add(group.id);
    person.roles.add('author');
  }
  return { people, organizations, group };
}

/** An organization with its admin and a group, and a System Admin. */
export async function makeHouseOf(db: Db) {
  const acme = await makeOrganization(db, { name: 'Acme' });
  const lead = await makeMember(db, { organizationId: acme.id, roles: ['org-admin'], email: 'lead@acme.example' });
  const choir = await makeGroup(db, { organizationId: acme.id, name: 'Choir', roles: ['viewer'], members: [lead.id] });
  const ada = await makeUser(db, { roles: ['system-admin'], email: 'ada@rollcall.example' });
  const [can, whole] = [await canAs<'users.read'>(db, lead.id), await canAs<'users.read'>(db, ada.id)];
  const inviting = (
    email: string,
    given: { firstName?: string; lastName?: string; roles?: string[]; groupIds?: string[] } = {},
  ) => invite(db, lead.id, { organizationId: acme.id, email, roles: ['staff'], groupIds: [choir.id], ...given });
  return { acme, lead, choir, ada, can, whole, inviting };
}

export async function refuses(action: Promise<unknown>, code: FailCode) {
  const error = await action.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  expect(error instanceof Fail ? error.code : error).toBe(code);
}

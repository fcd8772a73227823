import { randomBytes } from 'node:crypto';
import { invite } from '@tests/features/invitations/invitations.support';
import { testDatabase } from '@tests/support/database';
import { canAs, makeGroup, makeMember, makeUser } from '@tests/support/factories';
import { expect, test } from 'vitest';
import { listGroups } from '@/features/groups/list.queries';
import { countMembers } from '@/features/organizations/list.queries';
import { findForPalette } from '@/features/palette/search.queries';
import { userSorts } from '@/features/users/list.schema';
import { newId } from '@/lib/ids';
import { readNameList } from '@/lib/name-list';
import type { SearchParams } from '@/lib/search-params';
import type { Can } from '@/server/work';
import { day, list, makeHouseOf, walk } from './users.support';

const { db } = await testDatabase();
const makeHouse = () => makeHouseOf(db);

type Reader = Can<'users.read'>;

async function openInvitations(organizationId: string, count: number) {
  const made = Array.from({ length: count }, (_, n) => ({
    id: newId(),
    email: `waiting-${n % 7}${n}@acme.example`,
    firstName: n % 5 === 0 ? '' : ['Zoë', 'ada', 'Ольга'][n % 3],
    lastName: n % 5 === 0 ? '' : `Smith${n % 2}`,
    createdAt: new Date(Date.now() - (n % 6) * 20 * day),
  }));
  const people = await Promise.all(
    made.map(({ email }) => makeUser(db, { email, status: 'invited', lastName: 'Hidden' })),
  );
  await db.invitation.createMany({
    data: made.map((each, n) => ({
      ...each,
      userId: people[n]?.id ?? '',
      organizationId,
      tokenHash: new Uint8Array(randomBytes(32)),
      expiresAt: new Date(Date.now() + day),
    })),
  });
  return made;
}

const idsOf = (rows: { id: string }[]) => rows.map(({ id }) => id).toSorted();

test('members and open invitations are one list in every order, page after page', { timeout: 120_000 }, async () => {
  const { acme, lead, can, whole } = await makeHouse();
  const members = [lead];
  for (let n = 0; n < 25; n += 1) {
    const createdAt = new Date(Date.now() - (n % 6) * 20 * day);
    const member = await makeMember(db, { organizationId: acme.id, createdAt, lastName: `Smith${n % 2}` });
    if (n % 2 === 0)
      await db.membership.updateMany({
        where: { userId: member.id },
        data: { lastSignInAt: createdAt, lastActivityAt: createdAt },
      });
    members.push(member);
  }
  const waiting = await openInvitations(acme.id, 30);
  const everybody = idsOf([...members, ...waiting]);
  // The walk along the indexes gives up at once, or halfway.
  const efforts = { asc: 1, desc: 40 };
  for (const sort of Object.keys(userSorts)) {
    for (const direction of ['asc', 'desc'] as const) {
      const { there, back } = await walk(can, { sort, direction });
      expect(there.toSorted(), `${sort} ${direction}`).toEqual(everybody);
      expect(back).toEqual(there);
      expect(await walk(can, { sort, direction }, efforts[direction])).toEqual({ there, back });
      if (direction === 'asc') continue;
      expect((await walk(whole, { sort, direction, organization: acme.slug })).there).toEqual(there);
    }
  }
  const byName = (await list(can, { sort: 'name' }, 100)).rows.map(
    ({ firstName, lastName, email }) => `${firstName} ${lastName}`.trim() || email,
  );
  const folded = byName.map((name) => name.toLowerCase().replace('ë', 'e'));
  expect(folded).toEqual(folded.toSorted((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b))));
  expect(idsOf((await list(can, { status: 'invited' }, 100)).rows)).toEqual(idsOf(waiting));
  expect(idsOf((await list(can, { q: 'ольга' }, 100)).rows)).toEqual(
    idsOf(waiting.filter((each) => each.firstName === 'Ольга')),
  );
  expect((await list(can, { q: 'hidden' })).count).toBe(0);
  expect((await list(can, { q: 'wa' })).count).toBe(30);
  expect((await list(can, { status: 'active', q: 'waiting' })).count).toBe(0);
});

test('an invitation shows what waits in it, leads to itself, and is found by every filter that fits', async () => {
  const { acme, choir, can, whole, inviting } = await makeHouse();
  const invitation = await inviting('new@acme.example', { firstName: 'Nora', lastName: 'New' });
  const { rows } = await list(can, { q: 'nora' });
  expect(rows).toMatchObject([
    {
      id: invitation.id,
      isInvitation: true,
      href: `/invitations/${invitation.id}`,
      status: 'invited',
      createdAt: invitation.createdAt,
      lastSignInAt: null,
      roles: [],
      organizations: [],
      pendingRoles: ['Staff', 'Viewer'],
      pendingOrganizations: ['Acme'],
      invitations: [{ id: invitation.id, isOnHold: false }],
    },
  ]);
  const team = await db.team.create({ data: { id: newId(), organizationId: acme.id, name: 'Choir' } });
  const found = async (reader: Reader, params: SearchParams) =>
    (await list(reader, { ...params, q: 'nora' })).rows.map(({ id }) => id);
  const fits = [
    { role: 'staff' },
    { role: 'viewer' },
    { group: choir.id },
    { signedIn: 'never' },
    { status: ['invited', 'inactive'] },
    { organization: acme.slug },
  ];
  for (const params of fits) {
    expect(await found(can, params), JSON.stringify(params)).toEqual([invitation.id]);
    const there = params.organization ? invitation.id : invitation.userId;
    expect(await found(whole, params), JSON.stringify(params)).toEqual([there]);
    for (const effort of [4_000, 0])
      expect((await walk(can, { ...params, q: 'nora' }, effort)).there).toEqual([invitation.id]);
  }
  for (const params of [{ role: 'caseworker' }, { team: team.id }, { status: 'active' }, { dormant: '30' }])
    expect(await found(can, params), JSON.stringify(params)).toEqual([]);
  const [palette] = await findForPalette((await canAs(db, can.actor.id)) as Can<'account.own'>, 'nora');
  expect(palette).toMatchObject({ href: `/invitations/${invitation.id}` });
});

test('an address that has an account elsewhere looks like one that has none', async () => {
  const { can, inviting } = await makeHouse();
  const elsewhere = await makeMember(db, { email: 'known@acme.example', firstName: 'Real', roles: ['caseworker'] });
  await db.user.update({ where: { id: elsewhere.id }, data: { phone: '+493012345', lastSignInAt: new Date() } });
  await inviting('known@acme.example', { firstName: 'Typed', lastName: 'Name' });
  await inviting('fresh@acme.example', { firstName: 'Typed', lastName: 'Name' });
  const { rows } = await list(can, { q: 'typed' });
  const shape = (email: string) => {
    const { id, createdAt: _, ...row } = rows.find((each) => each.email === email) ?? { id: 'none' };
    return JSON.stringify(row).replaceAll(id, 'id').replaceAll(email, 'address');
  };
  expect(rows).toHaveLength(2);
  expect(shape('known@acme.example')).toBe(shape('fresh@acme.example'));
  expect(JSON.stringify(rows)).not.toContain(elsewhere.id);
  for (const q of ['real', 'caseworker', elsewhere.id.slice(0, 12)]) expect((await list(can, { q })).count).toBe(0);
  expect((await list(can, { role: 'caseworker' })).count).toBe(0);
});

test('nobody sees an invitation of another organization, or opens one without the permission', async () => {
  const { acme, inviting } = await makeHouse();
  const invitation = await inviting('new@acme.example');
  const other = await makeMember(db, { roles: ['org-admin'] });
  const stranger = await canAs<'users.read'>(db, other.id);
  expect((await list(stranger, { q: 'new@' })).rows).toEqual([]);
  expect((await list(stranger)).figures).toMatchObject({ invited: 0, total: 1 });

  const role = await db.role.create({
    data: {
      id: newId(),
      key: 'looker',
      name: 'Looker',
      description: 'Sees people.',
      scope: 'organization',
      permissions: { create: [{ permission: 'users.read' }] },
    },
  });
  const looker = await makeMember(db, { organizationId: acme.id, roles: [role.key] });
  const [row] = (await list(await canAs<'users.read'>(db, looker.id), { q: 'new@' })).rows;
  expect(row).toMatchObject({ id: invitation.id, href: null, invitations: [] });
});

test('the platform’s list shows what waits for a person, whoever invited them', async () => {
  const { acme, whole, inviting } = await makeHouse();
  const active = await makeMember(db, { email: 'active@other.example', roles: ['viewer'] });
  await inviting('active@other.example', { roles: ['caseworker'] });
  const first = await inviting('new@acme.example');
  const other = await makeMember(db, { roles: ['org-admin'] });
  const [joined] = (await list(whole, { q: 'active@other' })).rows;
  expect(joined).toMatchObject({
    id: active.id,
    href: `/users/${active.id}`,
    roles: ['Viewer'],
    pendingRoles: ['Caseworker', 'Viewer'],
    pendingOrganizations: ['Acme'],
    invitations: [],
  });
  const waiting = async () => (await list(whole, { q: 'new@acme' })).rows[0];
  expect(await waiting()).toMatchObject({ id: first.userId, roles: [], invitations: [{ id: first.id }] });
  await invite(db, other.id, { organizationId: other.organizationId, email: 'new@acme.example', roles: ['author'] });
  expect((await waiting())?.invitations).toHaveLength(2);
  expect(await waiting()).toMatchObject({ pendingRoles: ['Author', 'Staff', 'Viewer'] });
  expect((await list(whole, { role: 'author', q: 'new@acme' })).count).toBe(1);
  expect((await list(whole, { organization: acme.slug, role: 'author' })).count).toBe(0);
});

test('a role that many groups grant is found in the invitations to each', async () => {
  const { can, whole, inviting, acme } = await makeHouse();
  const groups: string[] = [];
  for (let n = 0; n < 10; n += 1) {
    groups.push((await makeGroup(db, { organizationId: acme.id, name: `Granting ${n}`, roles: ['vendor'] })).id);
  }
  const { id, userId } = await inviting('last@acme.example', { groupIds: groups.slice(-1) });
  for (const effort of [4_000, 0]) {
    expect((await walk(can, { role: 'vendor' }, effort)).there).toEqual([id]);
    expect((await walk(whole, { role: 'vendor' }, effort)).there).toEqual([userId]);
  }
});

test('every figure is the number of rows in the list that it leads to', async () => {
  const { acme, lead, choir, can, whole, inviting } = await makeHouse();
  for (const status of ['active', 'inactive', 'archived'] as const) {
    const member = await makeMember(db, { organizationId: acme.id, status });
    await db.groupMember.create({ data: { groupId: choir.id, userId: member.id } });
  }
  for (const n of [1, 2, 3]) await inviting(`new${n}@acme.example`);
  const elsewhere = await makeMember(db, { email: 'known@acme.example', roles: ['org-admin'] });
  await inviting('known@acme.example');
  await makeUser(db, { status: 'invited' });
  const shared = await makeGroup(db, { name: 'Shared', members: [elsewhere.id] });
  await db.invitationGroup.createMany({
    data: (await db.invitation.findMany()).map(({ id: invitationId }) => ({ invitationId, groupId: shared.id })),
  });
  const both = await makeMember(db, { organizationId: acme.id, roles: ['org-admin'] });
  await makeMember(db, { userId: both.id, organizationId: elsewhere.organizationId, roles: ['org-admin'] });
  for (const reader of [can, whole, await canAs<'users.read'>(db, both.id)]) {
    const rowsOf = async (params: SearchParams) => (await walk(reader, params)).there.length;
    const { figures } = await list(reader, {}, 25);
    for (const status of ['active', 'invited', 'inactive'] as const) {
      expect(figures[status], status).toBe(await rowsOf({ status }));
      expect((await list(reader, { status })).count).toBe(figures[status]);
    }
    expect(figures.total).toBe(await rowsOf({}));
    expect(await countMembers(reader, acme.id)).toBe(await rowsOf({ organization: acme.slug }));
    const groups = await listGroups(reader as unknown as Can<'groups.read'>, readNameList({}));
    expect(groups.rows.length).toBeGreaterThan(0);
    for (const { id, members } of groups.rows) expect(members).toBe(await rowsOf({ group: id }));
  }
  expect((await list(can)).figures).toMatchObject({ invited: 4, active: 3, inactive: 1, total: 8 });
  expect(lead.organizationId).toBe(acme.id);
});

test('nothing that decides what somebody may do or see reads an invitation', async () => {
  const { acme, can, inviting } = await makeHouse();
  const person = await makeUser(db, { email: 'soon@acme.example' });
  await inviting('soon@acme.example', { roles: ['org-admin'] });
  const soon = await canAs<'users.read'>(db, person.id);
  expect(soon.may('users.read', acme.id)).toBe(false);
  expect((await list(soon)).rows).toEqual([]);
  expect((await list(can, { q: 'soon@' })).rows).toMatchObject([{ isInvitation: true, roles: [] }]);
});

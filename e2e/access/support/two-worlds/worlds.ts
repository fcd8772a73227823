import { makeGroup, makeOrganization, roleId } from '@tests/support/factories';
import { requestFrom, sessionHeader, testPassword } from '@tests/support/sign-in';
import { namedGroups } from '@/features/users/list-conditions.queries';
import { newId } from '@/lib/ids';
import { hashPassword } from '@/server/auth/password';
import { startSession } from '@/server/auth/session';
import type { Db } from '@/server/db/client';
import { writesOn } from '@/server/db/statements';
import { hoursAgo } from './clock';
import type { House, Overlap, Records } from './house';
import { fillOrganization } from './organization';
import { insertPeople, join, type NewPerson } from './people';

export const readers = ['org admin', 'admin of two organizations', 'lead', 'member'] as const;
export type ReaderName = (typeof readers)[number];
export const isAdmin = (name: ReaderName) => name === 'org admin' || name === 'admin of two organizations';

export type Reader = { id: string; email: string; cookie: string };

export type FirstWorld = {
  readers: Record<ReaderName, Reader>;
  own: Records;
  organizations: { a: string; a2: string };
  /**
   * In A, and in world 2 in B or C as well. *Managed by the platform* is the one thing that A may know of that, so the
   * platform manages them in world 1 too: they have a platform role there.
   */
  overlapping: Overlap[];
  system: Overlap;
};

const person = (email: string, firstName: string, lastName: string): NewPerson => ({
  id: newId(),
  email: `${email}@shared.example`,
  firstName,
  lastName,
});

/** The platform with organization A, and A2 for somebody who is admin of both. */
export async function makeFirstWorld(db: Db): Promise<FirstWorld> {
  const a = await makeOrganization(db, { name: 'Harbour House', slug: 'harbour-house' });
  const a2 = await makeOrganization(db, { name: 'Harbour House East', slug: 'harbour-house-east' });
  const given = {
    'org admin': person('admin.a', 'Ada', 'Warden'),
    'admin of two organizations': person('admin.both', 'Bela', 'Warden'),
    lead: person('lead', 'Carla', 'Warden'),
    member: person('member', 'Dario', 'Warden'),
  };
  const system = person('system', 'Sandra', 'System');
  const overlapping = [0, 1, 2].map((n) => person(`overlap.${n}`, 'Olga', `Overlap ${n}`));
  await insertPeople(db, [...Object.values(given), system, ...overlapping]);
  await db.userRole.create({ data: { userId: system.id, roleId: await roleId(db, 'system-admin') } });
  const member = await roleId(db, 'member');
  await db.userRole.createMany({ data: overlapping.map(({ id: userId }) => ({ userId, roleId: member })) });

  await join(db, a.id, [given['org admin'].id], ['org-admin']);
  for (const { id } of [a, a2]) await join(db, id, [given['admin of two organizations'].id], ['org-admin']);
  await join(db, a.id, [given.lead.id], ['member']);
  await join(db, a.id, [given.member.id], ['member', 'caseworker']);
  await join(
    db,
    a.id,
    overlapping.map(({ id }) => id),
    ['viewer'],
  );
  const house = { id: a.id, slug: a.slug, tag: 'a', admin: given['org admin'].id, overlapping, offset: 0, shift: 0 };
  const own = await fillOrganization(db, house);
  // So many that a filter by their role looks for groups by their organization. B gives the role to somebody of A.
  for (let n = 0; n <= namedGroups; n += 1) {
    await makeGroup(db, { name: `Standby ${n}`, organizationId: a.id, roles: ['staff'] });
  }
  await db.teamMember.create({
    data: { teamId: own.team[0] ?? '', organizationId: a.id, userId: given.lead.id, role: 'lead' },
  });
  const admin = given['admin of two organizations'].id;
  await fillOrganization(db, { id: a2.id, slug: a2.slug, tag: 'a2', admin, overlapping: [], offset: 2, shift: 2 });
  return {
    readers: await signIn(db, given),
    own,
    organizations: { a: a.id, a2: a2.id },
    overlapping,
    system,
  };
}

/** All columns of the list of people, so that its organizations, roles and times are compared as well. */
const columns = ['name', 'email', 'phone', 'status', 'roles', 'organizations', 'created', 'lastSignIn', 'lastActivity'];

async function signIn(db: Db, given: Record<ReaderName, NewPerson>): Promise<Record<ReaderName, Reader>> {
  const { passwordHash } = await hashPassword(testPassword);
  const found = {} as Record<ReaderName, Reader>;
  for (const name of readers) {
    const { id, email } = given[name];
    await db.credential.create({ data: { userId: id, passwordHash } });
    await db.preference.create({ data: { userId: id, timeZone: 'UTC', lists: { users: { columns, size: 25 } } } });
    const { token } = await startSession(writesOn(db), id, requestFrom());
    found[name] = { id, email, cookie: await sessionHeader(token) };
  }
  return found;
}

export type SecondWorld = { foreign: Records; slugs: string[]; organizations: string[]; elsewhere: string[] };

/** Adds organizations B and C. */
export async function makeSecondWorld(db: Db, first: FirstWorld): Promise<SecondWorld> {
  const b = await makeOrganization(db, { name: 'Harbour House', slug: 'harbour-house-2' });
  const c = await makeOrganization(db, { name: 'Quillfeather Trust', slug: 'quillfeather-trust' });
  const elsewhere = (['active', 'invited', 'inactive', 'archived'] as const).map((status) => ({
    ...person(`elsewhere.${status}`, 'Quirin', 'Quillfeather'),
    status,
  }));
  const [one, two, three] = first.overlapping as [Overlap, Overlap, Overlap];
  await db.userRole.deleteMany({ where: { userId: { in: [two.id, three.id] } } });
  await join(db, b.id, [one.id, two.id], ['org-admin', 'staff']);
  await join(db, c.id, [one.id, three.id], ['viewer']);
  const common = { overlapping: first.overlapping.slice(0, 1) };
  const houseB: House = { ...common, id: b.id, slug: b.slug, tag: 'b', admin: one.id, offset: 1, shift: 1 };
  const foreign = await fillOrganization(db, houseB, elsewhere);
  await fillOrganization(db, { ...common, id: c.id, slug: c.slug, tag: 'c', admin: three.id, offset: 3, shift: 5 });
  // Its name and its first role are in no other group, so that whatever names groups or roles would show it.
  const group = { name: 'Larkspur watch', organizationId: b.id, roles: ['caseworker', 'staff'], members: [one.id] };
  foreign.group.push((await makeGroup(db, group)).id);
  await markMembers(db, first, foreign, elsewhere[1] as NewPerson);
  return {
    foreign,
    slugs: [b.slug, c.slug],
    organizations: [b.id, c.id],
    elsewhere: elsewhere.map(({ email }) => email),
  };
}

/** B's invitations of people of A, sent by one of them, and of somebody who is known only in B. */
async function markMembers(db: Db, first: FirstWorld, foreign: Records, waiting: NewPerson) {
  const [one] = first.overlapping;
  const inA = await db.membership.findMany({ where: { organizationId: first.organizations.a }, take: 8 });
  const invitations = await db.invitation.findMany({ where: { id: { in: foreign.invitation } }, take: inA.length });
  for (const [n, { userId, email }] of inA.entries()) {
    const invitation = invitations[n];
    if (!invitation) continue;
    const { id: _id, tokenHash: _hash, ...columns } = invitation;
    const { search: _search, searchText: _searchText, sortName: _sortName, never: _never, ...copy } = columns;
    await db.invitation.create({
      data: {
        ...copy,
        id: newId(),
        tokenHash: Buffer.from(newId()),
        userId,
        email,
        state: 'expired',
        senderId: one?.id ?? null,
      },
    });
  }
  const sender = { senderId: one?.id ?? null, organizationId: invitations[0]?.organizationId ?? null };
  await db.invitation.create({
    data: {
      id: newId(),
      tokenHash: Buffer.from(newId()),
      userId: waiting.id,
      email: waiting.email,
      ...sender,
      expiresAt: hoursAgo(-48),
    },
  });
}

import { makeGroup, makeMember, makeOrganization, makeUser } from '@tests/support/factories';
import { newId } from '@/lib/ids';
import { insertAudit } from '@/server/audit';
import { linkHash, linkToken } from '@/server/auth/links';
import type { Db } from '@/server/db/client';
import type { ActorName, Place } from '../actors';
import { marked, markedEmail, type Target, type TargetKind } from './targets';
import type { Person } from './world';
import { makeImports } from './world-imports';

export type Base = {
  organizations: { a: string; b: string };
  people: Record<ActorName, Person>;
  passwordHash: string;
};

const day = 24 * 60 * 60 * 1000;
const houses = ['a', 'b'] as const;

export async function makeTargets(db: Db, base: Base): Promise<Record<TargetKind, Target[]>> {
  const user = await makeUsers(db, base);
  return {
    user,
    'audit event': await makeEvents(db, base, user),
    email: await makeEmails(db, base),
    group: await makeGroups(db, base),
    import: await makeImports(db, base),
    invitation: await makeInvitations(db, base),
    ...(await makeLinks(db, base)),
    ...(await makeHouses(db, base)),
    mailbox: [],
    template: [{ name: 'people', id: 'people', places: ['a', 'b', null], state: '' }],
    'role key': [
      { name: 'System Admin', id: 'system-admin', places: ['a', 'b', null], state: '', shows: 'System Admin' },
      { name: 'Member', id: 'member', places: ['a', 'b', null], state: '', shows: 'Member' },
    ],
  };
}

async function makeUsers(db: Db, { organizations, people, passwordHash }: Base): Promise<Target[]> {
  const targets: Target[] = (Object.keys(people) as ActorName[])
    .filter((name) => ['member', 'auditor', 'org admin A', 'org admin B', 'system admin'].includes(name))
    .map((name) => own(name, people[name].id));
  const add = async (target: Omit<Target, 'id' | 'shows'>, mark: 'a' | 'b' | 'p' | null, roles: string[] = []) => {
    const what = target.name.toLowerCase().replaceAll(' ', '-');
    const user = await makeUser(db, {
      email: mark ? markedEmail(mark, what) : `${what}@example.com`,
      firstName: mark ? marked(mark, 'Person') : 'Shared Person',
      lastName: what,
      status: target.state as 'active',
      roles: target.places.includes(null) ? roles : [],
    });
    await db.credential.create({ data: { userId: user.id, passwordHash } });
    for (const place of target.places.filter((at) => at !== null)) {
      await makeMember(db, { userId: user.id, organizationId: organizations[place], roles });
    }
    targets.push({ ...target, id: user.id, shows: what });
  };
  await add({ name: 'of A', places: ['a'], state: 'active' }, 'a', ['member']);
  await add({ name: 'of B', places: ['b'], state: 'active' }, 'b', ['member']);
  await add({ name: 'of nowhere', places: [null], state: 'active' }, 'p');
  await add({ name: 'of both', places: ['a', 'b'], state: 'active' }, null);
  await add({ name: 'Org Admin of A', places: ['a'], state: 'active', rank: 1 }, 'a', ['org-admin']);
  await add({ name: 'Org Admin of B', places: ['b'], state: 'active', rank: 1 }, 'b', ['org-admin']);
  await add({ name: 'second System Admin', places: [null], state: 'active', rank: 2 }, 'p', ['system-admin']);
  await add({ name: 'auditor of the platform', places: [null], state: 'active' }, 'p', ['auditor']);
  await add({ name: 'suspended of A', places: ['a'], state: 'inactive' }, 'a', ['member']);
  await add({ name: 'suspended of B', places: ['b'], state: 'inactive' }, 'b', ['member']);
  await add({ name: 'suspended Org Admin of A', places: ['a'], state: 'inactive', rank: 1 }, 'a', ['org-admin']);
  await add({ name: 'archived of A', places: ['a'], state: 'archived' }, 'a');
  await add({ name: 'archived of B', places: ['b'], state: 'archived' }, 'b');
  return targets;
}

function own(name: ActorName, id: string): Target {
  const ranks: Partial<Record<ActorName, number>> = { 'system admin': 2, 'org admin A': 1, 'org admin B': 1 };
  const places: Partial<Record<ActorName, Place[]>> = { member: ['a'], 'org admin A': ['a'], 'org admin B': ['b'] };
  return {
    name: `the ${name}`,
    id,
    places: places[name] ?? [null],
    state: 'active',
    owner: name,
    rank: ranks[name] ?? 0,
  };
}

async function makeEvents(db: Db, { organizations, people }: Base, users: Target[]): Promise<Target[]> {
  const targets: Target[] = [];
  for (const place of ['a', 'b', null] as const) {
    const subject = users.find(({ places, state }) => places[0] === place && state === 'active');
    const actor = { kind: 'user' as const, id: people['system admin'].id };
    const mark = place ?? 'p';
    await insertAudit(db, { actor, requestId: null, ip: '192.0.2.7' }, [
      {
        action: 'user.suspended',
        subject: { type: 'user', id: String(subject?.id) },
        organizationId: place && organizations[place],
        after: { email: markedEmail(mark, 'audited') },
        reason: marked(mark, 'reason'),
      },
    ]);
    const event = await db.auditEvent.findFirstOrThrow({ orderBy: { seq: 'desc' } });
    targets.push({ name: `in ${place ?? 'the platform'}`, id: event.id, places: [place], state: '' });
  }
  return targets;
}

async function makeEmails(db: Db, { organizations }: Base): Promise<Target[]> {
  const targets: Target[] = [];
  for (const place of ['a', 'b', null] as const) {
    const id = newId();
    const toAddress = markedEmail(place ?? 'p', 'mailed');
    await db.email.create({
      data: {
        id,
        template: 'password-changed',
        params: { at: '2026-01-01 00:00 UTC', how: 'account' },
        toAddress,
        toName: marked(place ?? 'p', 'Mailed'),
        organizationId: place && organizations[place],
        dedupeKey: id,
        messageId: `<${id}@example.org>`,
        state: 'failed',
        lastError: marked(place ?? 'p', 'failure'),
      },
    });
    targets.push({ name: `to ${place ?? 'the platform'}`, id, places: [place], state: '', shows: toAddress });
  }
  return targets;
}

async function makeGroups(db: Db, { organizations }: Base): Promise<Target[]> {
  const targets: Target[] = [];
  for (const place of ['a', 'b', null] as const) {
    const name = marked(place ?? 'p', 'Group');
    const { id } = await makeGroup(db, {
      name,
      ...(place && { organizationId: organizations[place] }),
      roles: ['member'],
    });
    targets.push({ name: `of ${place ?? 'the platform'}`, id, places: [place], state: '', shows: name });
  }
  for (const place of houses) {
    await db.team.create({ data: { id: newId(), organizationId: organizations[place], name: marked(place, 'Team') } });
  }
  return targets;
}

type Invited = {
  name: string;
  place: Place;
  state: 'open' | 'accepted' | 'cancelled' | 'expired' | 'held';
  userId?: string;
};

async function invite(db: Db, base: Base, given: Invited, mark: 'a' | 'b' | 'p' | null) {
  const id = newId();
  const what = given.name.replaceAll(' ', '-');
  const email = mark ? markedEmail(mark, `invited-${what}`) : `invited-${what}@example.com`;
  const existing = given.userId ? await db.user.findUniqueOrThrow({ where: { id: given.userId } }) : null;
  const status = given.state === 'accepted' ? 'active' : given.state === 'cancelled' ? 'archived' : 'invited';
  const user = existing ?? (await makeUser(db, { email, firstName: 'Invited', lastName: what, status }));
  const isOver = given.state === 'accepted' || given.state === 'cancelled';
  await db.invitation.create({
    data: {
      id,
      userId: user.id,
      organizationId: given.place && base.organizations[given.place],
      senderId: base.people['system admin'].id,
      state: given.state === 'held' ? 'open' : given.state,
      // Links are shown as opened already, so that opening one again changes nothing.
      delivery: mark ? 'sent' : 'opened',
      tokenHash: linkHash('invitation', id, 1),
      email: user.email,
      firstName: 'Invited',
      lastName: what,
      message: mark ? marked(mark, 'welcome') : '',
      heldSince: given.state === 'held' ? new Date() : null,
      expiresAt: new Date(Date.now() + (given.state === 'expired' ? -day : day)),
      endedAt: isOver ? new Date() : null,
    },
  });
  return { id, email: user.email, token: linkToken('invitation', id, 1) };
}

async function makeInvitations(db: Db, base: Base): Promise<Target[]> {
  const targets: Target[] = [];
  const all: Invited[] = [
    ...houses.flatMap((place) =>
      (['open', 'accepted', 'cancelled', 'expired', 'held'] as const).map((state) => ({
        name: `${state} to ${place}`,
        place,
        state,
      })),
    ),
    { name: 'open to the platform', place: null, state: 'open' },
  ];
  for (const given of all) {
    const { id, email } = await invite(db, base, given, given.place ?? 'p');
    targets.push({ name: given.name, id, places: [given.place], state: given.state, shows: email });
  }
  return targets;
}

/** What opens with a token: without marks, since whoever has the link may see whom it is for. */
async function makeLinks(db: Db, base: Base) {
  const link = async (state: 'open' | 'cancelled' | 'expired'): Promise<Target> => {
    const { token } = await invite(db, base, { name: `link ${state}`, place: 'a', state }, null);
    return { name: state, id: token, places: ['a'], state };
  };
  const joining = { name: 'joining', place: 'a', state: 'open', userId: base.people.demoted.id } as const;
  const { token } = await invite(db, base, joining, null);
  const reset = newId();
  const { id: userId } = await makeUser(db, { email: 'resetting@example.com' });
  const expiresAt = new Date(Date.now() + day);
  await db.passwordReset.create({
    data: { id: reset, userId, tokenHash: linkHash('password-reset', reset, 1), expiresAt },
  });
  return {
    'invitation link': [await link('open'), await link('expired'), await link('cancelled')],
    'joining link': [{ name: 'to A', id: token, places: [], state: 'open', owner: 'demoted' as const }],
    'reset link': [{ name: 'open', id: linkToken('password-reset', reset, 1), places: [null], state: 'open' }],
    'set-up link': [{ name: 'live', id: setUpToken(), places: [null], state: 'open' }],
  } satisfies Partial<Record<TargetKind, Target[]>>;
}

async function makeHouses(db: Db, { organizations }: Base) {
  const closed = await makeOrganization(db, {
    name: marked('p', 'Closed House'),
    slug: 'closed-house',
    status: 'inactive',
  });
  const house = (name: string, id: string, place: Place, state = 'active'): Target => ({
    name,
    id,
    places: [place],
    state,
  });
  return {
    organization: [
      house('A', organizations.a, 'a'),
      house('B', organizations.b, 'b'),
      house('the platform', '', null),
      house('inactive', closed.id, null, 'inactive'),
    ],
    'organization slug': [
      { ...house('A', 'first-house', 'a'), shows: 'First House' },
      { ...house('B', 'second-house', 'b'), shows: marked('b', 'House') },
      { ...house('inactive', 'closed-house', null), shows: marked('p', 'Closed House') },
    ],
  } satisfies Partial<Record<TargetKind, Target[]>>;
}

/** A link that opens set-up: it lives as long as the number in it says. */
function setUpToken(): string {
  const expires = String(Date.now() + 60 * 60 * 1000);
  return `${expires}.${linkToken('set-up', expires, 1)}`;
}

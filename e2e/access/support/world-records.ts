import { makeGroup, makeMember, makeUser } from '@tests/support/factories';
import { newId } from '@/lib/ids';
import { insertAudit } from '@/server/audit';
import type { Db } from '@/server/db/client';
import type { ActorName, Place } from '../actors';
import { addressIn, nameIn, type Target, type TargetKind } from './targets';
import type { Person } from './world';
import { makeEmailChanges } from './world-addresses';
import { makeBulkChanges, makeImports } from './world-imports';
import { makeInvitations, makeLinks, makeOrganizationTargets, makeSessions } from './world-links';

export type Base = {
  organizations: { a: string; b: string };
  people: Record<ActorName, Person>;
  passwordHash: string;
};

const houses = ['a', 'b'] as const;

export async function makeTargets(db: Db, base: Base): Promise<Record<TargetKind, Target[]>> {
  const user = await makeUsers(db, base);
  const invitation = await makeInvitations(db, base);
  return {
    user,
    membership: membershipsOf(user),
    'audit event': await makeEvents(db, base, user),
    email: await makeEmails(db, base),
    group: await makeGroups(db, base),
    import: await makeImports(db, base),
    invitation,
    'bulk action': await makeBulkChanges(db, base, invitation),
    ...(await makeEmailChanges(db, base)),
    ...(await makeLinks(db, base)),
    ...(await makeOrganizationTargets(db, base)),
    mailbox: [],
    session: await makeSessions(db, base),
    guide: [
      { name: 'for anybody', id: 'signing-in', places: ['a', 'b', null], state: '', shows: 'Signing in and passwords' },
    ],
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
      email: mark ? addressIn(mark, what) : `${what}@example.com`,
      firstName: mark ? nameIn(mark, 'Person') : 'Shared Person',
      lastName: what,
      status: target.state as 'active',
      roles: target.places.includes(null) ? roles : [],
    });
    await db.credential.create({ data: { userId: user.id, passwordHash } });
    if (target.state === 'inactive') {
      const deactivatedBy = target.isEndedByPlatform ? 'platform' : 'organization';
      await db.user.update({ where: { id: user.id }, data: { deactivatedBy } });
    }
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
  await add({ name: 'deactivated of A', places: ['a'], state: 'inactive' }, 'a', ['member']);
  await add({ name: 'deactivated of B', places: ['b'], state: 'inactive' }, 'b', ['member']);
  await add({ name: 'deactivated Org Admin of A', places: ['a'], state: 'inactive', rank: 1 }, 'a', ['org-admin']);
  await add({ name: 'ended in A', places: ['a'], state: 'inactive', isEndedByPlatform: true }, 'a', ['member']);
  await add({ name: 'archived of A', places: ['a'], state: 'archived' }, 'a');
  await add({ name: 'archived of B', places: ['b'], state: 'archived' }, 'b');
  return targets;
}

/** One target for each membership: an org admin may change it, whatever other organizations the person belongs to. */
function membershipsOf(users: Target[]): Target[] {
  const slugs = { a: 'first-house', b: 'second-house' };
  return users.flatMap((user) =>
    user.places
      .filter((place) => place !== null)
      .map((place) => ({
        ...user,
        name: `${user.name} in ${place}`,
        places: [place],
        extra: { organization: slugs[place] },
      })),
  );
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
        action: 'user.deactivated',
        subject: { type: 'user', id: String(subject?.id) },
        organizationId: place && organizations[place],
        after: { email: addressIn(mark, 'audited') },
        reason: nameIn(mark, 'reason'),
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
    const toAddress = addressIn(place ?? 'p', 'mailed');
    await db.email.create({
      data: {
        id,
        template: 'password-changed',
        params: { at: '2026-01-01 00:00 UTC', how: 'account' },
        toAddress,
        toName: nameIn(place ?? 'p', 'Mailed'),
        organizationId: place && organizations[place],
        dedupeKey: id,
        messageId: `<${id}@example.org>`,
        state: 'failed',
        lastError: nameIn(place ?? 'p', 'failure'),
      },
    });
    targets.push({ name: `to ${place ?? 'the platform'}`, id, places: [place], state: '', shows: toAddress });
  }
  return targets;
}

async function makeGroups(db: Db, { organizations }: Base): Promise<Target[]> {
  const targets: Target[] = [];
  for (const place of ['a', 'b', null] as const) {
    const name = nameIn(place ?? 'p', 'Group');
    const { id } = await makeGroup(db, {
      name,
      ...(place && { organizationId: organizations[place] }),
      roles: ['member'],
    });
    targets.push({ name: `of ${place ?? 'the platform'}`, id, places: [place], state: '', shows: name });
  }
  for (const place of houses) {
    await db.team.create({ data: { id: newId(), organizationId: organizations[place], name: nameIn(place, 'Team') } });
  }
  return targets;
}

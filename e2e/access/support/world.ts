import { randomBytes } from 'node:crypto';
import { makeMember, makeOrganization, makeUser, roleId } from '@tests/support/factories';
import { requestFrom, sessionHeader, testPassword } from '@tests/support/sign-in';
import { encode } from 'next-auth/jwt';
import { hashPassword } from '@/server/auth/password';
import { startSession } from '@/server/auth/session';
import { signInCounters } from '@/server/auth/throttle';
import type { Db } from '@/server/db/client';
import { writesOn } from '@/server/db/statements';
import { type ActorName, actorNames, definitionOf, type Place } from '../actors';
import { nameIn, type Target, type TargetKind } from './targets';
import { makeTargets } from './world-records';

export type { Target, TargetKind } from './targets';

export type Person = { id: string; email: string; cookie: string | null };

export type World = {
  people: Record<ActorName, Person>;
  organizations: { a: string; b: string };
  targets: Record<TargetKind, Target[]>;
  password: string;
  /** The counters that lock a sign-in, of everybody. */
  signInCounters: string[];
};

/** Makes two organizations that must not see each other, every actor, and a record of each kind in each place. */
export async function makeWorld(db: Db): Promise<World> {
  const a = await makeOrganization(db, { name: 'First House', slug: 'first-house' });
  const b = await makeOrganization(db, { name: nameIn('b', 'House'), slug: 'second-house' });
  const organizations = { a: a.id, b: b.id };
  const { passwordHash } = await hashPassword(testPassword);
  const people = {} as Record<ActorName, Person>;
  for (const name of actorNames) people[name] = await makeActor(db, name, organizations, passwordHash);
  const targets = await makeTargets(db, { organizations, people, passwordHash });
  const addresses = await db.user.findMany({ select: { email: true } });
  const counters = addresses.flatMap(({ email }) => signInCounters(email, null).account.map(({ key }) => key));
  return { people, organizations, targets, password: testPassword, signInCounters: counters };
}

const statuses: Partial<Record<ActorName, 'invited' | 'inactive' | 'archived'>> = {
  invited: 'invited',
  deactivated: 'inactive',
  archived: 'archived',
};

async function makeActor(
  db: Db,
  name: ActorName,
  organizations: Record<'a' | 'b', string>,
  passwordHash: string,
): Promise<Person> {
  const { session, roles } = definitionOf(name);
  const status = statuses[name] ?? 'active';
  const user = await makeUser(db, {
    email: `${name.toLowerCase().replaceAll(' ', '-')}@example.com`,
    firstName: 'Actor',
    lastName: name,
    status,
  });
  await db.credential.create({
    data: { userId: user.id, passwordHash, mustChange: session === 'pending' },
  });
  for (const place of new Set(roles.map(([, at]) => at).filter((at) => at !== null))) {
    await makeMember(db, { userId: user.id, organizationId: organizations[place], roles: keysAt(roles, place) });
  }
  for (const key of keysAt(roles, null)) {
    await db.userRole.create({ data: { userId: user.id, roleId: await roleId(db, key) } });
  }
  return { id: user.id, email: user.email, cookie: await cookieOf(db, name, user.id) };
}

const keysAt = (roles: (readonly [string, Place])[], place: Place) =>
  roles.filter(([, at]) => at === place).map(([key]) => key);

async function cookieOf(db: Db, name: ActorName, userId: string): Promise<string | null> {
  if (name === 'nobody') return null;
  if (name === 'garbage cookie') return `rollcall.session=${randomBytes(60).toString('base64url')}`;
  const { id, token } = await startSession(writesOn(db), userId, requestFrom());
  if (name === 'token without its cookie') return `rollcall.session=${token}; next-auth.session-token=${token}`;
  if (name === 'cookie of another key') {
    return `rollcall.session=${await encode({ token: { sid: token }, secret: randomBytes(32) })}`;
  }
  const hour = 60 * 60 * 1000;
  const ago = (hours: number) => new Date(Date.now() - hours * hour);
  if (name === 'expired session') await db.session.update({ where: { id }, data: { expiresAt: ago(1) } });
  if (name === 'idle session') await db.session.update({ where: { id }, data: { lastSeenAt: ago(2) } });
  if (name === 'ended session') {
    await db.session.update({ where: { id }, data: { endedAt: ago(0), endedAs: 'signed_out' } });
  }
  return sessionHeader(token);
}

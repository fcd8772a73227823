import { makeOrganization, makeUser } from '@tests/support/factories';
import { requestFrom } from '@tests/support/sign-in';
import { passwordResetLink } from '@/features/account/password.schema';
import { invitationLink } from '@/features/invitations/send.schema';
import { setUpLinkKind } from '@/features/set-up/first-admin.schema';
import { newId } from '@/lib/ids';
import { linkHash, linkToken } from '@/server/auth/links';
import { startSession } from '@/server/auth/session';
import type { Db } from '@/server/db/client';
import { writesOn } from '@/server/db/statements';
import type { Place } from '../actors';
import { addressIn, nameIn, type Target, type TargetKind } from './targets';
import type { Base } from './world-records';

const day = 24 * 60 * 60 * 1000;
const houses = ['a', 'b'] as const;

type Invited = {
  name: string;
  place: Place;
  state: 'open' | 'accepted' | 'cancelled' | 'expired' | 'on hold';
  userId?: string;
};

async function invite(db: Db, base: Base, given: Invited, mark: 'a' | 'b' | 'p' | null) {
  const id = newId();
  const what = given.name.replaceAll(' ', '-');
  const email = mark ? addressIn(mark, `invited-${what}`) : `invited-${what}@example.com`;
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
      state: given.state === 'on hold' ? 'open' : given.state,
      // These links count as opened already, so that opening one again changes nothing.
      delivery: mark ? 'sent' : 'opened',
      tokenHash: linkHash(invitationLink, id, 1),
      email: user.email,
      firstName: 'Invited',
      lastName: what,
      message: mark ? nameIn(mark, 'welcome') : '',
      onHoldSince: given.state === 'on hold' ? new Date() : null,
      expiresAt: new Date(Date.now() + (given.state === 'expired' ? -day : day)),
      endedAt: isOver ? new Date() : null,
    },
  });
  return { id, email: user.email, token: linkToken(invitationLink, id, 1) };
}

export async function makeInvitations(db: Db, base: Base): Promise<Target[]> {
  const targets: Target[] = [];
  const all: Invited[] = [
    ...houses.flatMap((place) =>
      (['open', 'accepted', 'cancelled', 'expired', 'on hold'] as const).map((state) => ({
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

/** Links that open with a token: everybody who has one may see whom it is for. */
export async function makeLinks(db: Db, base: Base) {
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
    data: { id: reset, userId, tokenHash: linkHash(passwordResetLink, reset, 1), expiresAt },
  });
  return {
    'invitation link': [await link('open'), await link('expired'), await link('cancelled')],
    'joining link': [{ name: 'to A', id: token, places: [], state: 'open', owner: 'demoted' as const }],
    'reset link': [{ name: 'open', id: linkToken(passwordResetLink, reset, 1), places: [null], state: 'open' }],
    'set-up link': [{ name: 'live', id: setUpToken(), places: [null], state: 'open' }],
  } satisfies Partial<Record<TargetKind, Target[]>>;
}

export async function makeOrganizationTargets(db: Db, { organizations }: Base) {
  const closed = await makeOrganization(db, {
    name: nameIn('p', 'Closed House'),
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
    'organization record': [
      { ...house('A', organizations.a, 'a'), extra: { name: 'First House', slug: 'first-house' } },
      { ...house('B', organizations.b, 'b'), extra: { name: nameIn('b', 'House'), slug: 'second-house' } },
      { ...house('inactive', closed.id, null, 'inactive'), extra: { name: closed.name, slug: closed.slug } },
    ],
    'organization slug': [
      { ...house('A', 'first-house', 'a'), shows: 'First House' },
      { ...house('B', 'second-house', 'b'), shows: nameIn('b', 'House') },
      { ...house('inactive', 'closed-house', null, 'inactive'), shows: nameIn('p', 'Closed House') },
    ],
  } satisfies Partial<Record<TargetKind, Target[]>>;
}

/** A second session of some people, which only they may end. */
export async function makeSessions(db: Db, { people }: Base): Promise<Target[]> {
  const targets: Target[] = [];
  for (const owner of ['member', 'org admin B', 'system admin'] as const) {
    const { id } = await startSession(writesOn(db), people[owner].id, requestFrom());
    targets.push({ name: `of the ${owner}`, id, places: [null], state: 'live', owner });
  }
  return targets;
}

/** A set-up link contains the time at which it expires. */
function setUpToken(): string {
  const expires = String(Date.now() + 60 * 60 * 1000);
  return `${expires}.${linkToken(setUpLinkKind, expires, 1)}`;
}

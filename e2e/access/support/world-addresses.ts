import { makeMember, makeUser } from '@tests/support/factories';
import { emailChangeLink, emailConsentLink } from '@/features/users/email-change/request.schema';
import { newId } from '@/lib/ids';
import { linkHash, linkToken } from '@/server/auth/links';
import type { Db } from '@/server/db/client';
import type { Place } from '../actors';
import { addressIn, nameIn, type Target, type TargetKind } from './targets';
import type { Base } from './world-records';

const day = 24 * 60 * 60 * 1000;

/** One person in each place whose new address waits for confirmation, and links of such people. */
export async function makeEmailChanges(db: Db, base: Base) {
  const waiting: Target[] = [];
  for (const place of ['a', 'b', null] as const) {
    const mark = place ?? 'p';
    const { userId } = await makeChange(db, base, place, {
      email: addressIn(mark, 'waiting'),
      name: nameIn(mark, 'Waiting'),
    });
    waiting.push({ name: `waiting in ${mark}`, id: userId, places: [place], state: 'open' });
  }
  const consent = async (state: 'waiting' | 'cancelled'): Promise<Target> => {
    const { consentToken } = await makeChange(
      db,
      base,
      'a',
      { email: `${state}-consent@example.org`, name: 'Asked' },
      state,
    );
    return { name: state, id: consentToken, places: [null], state };
  };
  const link = async (state: 'open' | 'expired' | 'cancelled'): Promise<Target> => {
    const { token } = await makeChange(db, base, 'a', { email: `${state}-change@example.org`, name: 'Mover' }, state);
    return { name: state, id: token, places: [null], state };
  };
  return {
    'email change': waiting,
    'email consent link': [await consent('waiting'), await consent('cancelled')],
    'email change link': [await link('open'), await link('expired'), await link('cancelled')],
  } satisfies Partial<Record<TargetKind, Target[]>>;
}

async function makeChange(
  db: Db,
  { organizations, people }: Base,
  place: Place,
  given: { email: string; name: string },
  state: 'open' | 'expired' | 'cancelled' | 'waiting' = 'open',
) {
  const user = await makeUser(db, { email: given.email, firstName: given.name });
  if (place) await makeMember(db, { userId: user.id, organizationId: organizations[place] });
  const id = newId();
  await db.emailChange.create({
    data: {
      id,
      userId: user.id,
      requestedBy: people['system admin'].id,
      email: `new-${given.email}`,
      previous: given.email,
      tokenHash: linkHash(emailChangeLink, id, 1),
      consentHash: linkHash(emailConsentLink, id, 1),
      expiresAt: new Date(Date.now() + (state === 'expired' ? -day : day)),
      ...(state === 'waiting' && { confirmedAt: new Date(), takesEffectAt: new Date(Date.now() + 3 * day) }),
      ...(state === 'cancelled' && { endedAt: new Date(), endedAs: 'cancelled' }),
    },
  });
  const consentToken = linkToken(emailConsentLink, id, 1);
  return { userId: user.id, token: linkToken(emailChangeLink, id, 1), consentToken };
}

import { createHmac, type KeyObject } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { hash, verify } from '@node-rs/argon2';
import { passwordLimits } from '@/lib/limits';
import { Fail } from '../fail';
import { keyId, macKey, macKeys } from '../keys';
import { type Lane, makeLimit } from './hashing-limit';

/** RFC 9106's second recommendation, scaled to OWASP's floor: argon2id, 19 MiB, two passes, one lane. */
const passwordCost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

// The package's `Algorithm` is a const enum, which isolated modules cannot read; 2 is argon2id.
const argon2id = 2;
const prefix = `$argon2id$v=19$m=${passwordCost.memoryCost},t=${passwordCost.timeCost},p=${passwordCost.parallelism}$`;

// One core stays free for pages however many sign-ins arrive. One that would wait too long is refused at once.
const hashingLimit = makeLimit({ atOnce: Math.max(1, availableParallelism() - 1), waiting: 200 });

/** A hash is useless without the key that peppered it, so both are stored together. */
export type StoredPassword = {
  /** PHC string of argon2id. */
  passwordHash: string;
  /** Null is from before key ids, when there was one key: the previous one, once there are two. */
  keyId: string | null;
};

// NFKC: composed and decomposed spellings are the same password. The HMAC's key is not in the database, so a copy of it
// is no help in guessing. As text, because the package's `verify` only takes bytes that are UTF-8.
function peppered(password: string, pepper: KeyObject): string {
  return createHmac('sha256', pepper).update(password.normalize('NFKC')).digest('base64url');
}

/** Undefined when neither SECRET nor SECRET_PREVIOUS gives this key. */
function pepperOf(id: string | null): KeyObject | undefined {
  const peppers = macKeys('password-pepper');
  return id === null ? peppers.at(-1) : peppers.find((pepper) => keyId(pepper) === id);
}

/** As `credential` names the keys of SECRET and SECRET_PREVIOUS. */
export function passwordKeyIds(): { current: string; previous: string | null } {
  const [current = '', previous = null] = macKeys('password-pepper').map(keyId);
  return { current, previous };
}

/** Longer input is never hashed: no account has such a password, and normalizing a megabyte is wasted work. */
function isTooLong(password: string): boolean {
  return password.length > passwordLimits.maxCodePoints * 2 || [...password].length > passwordLimits.maxCodePoints;
}

/**
 * For `credential`, under the key of SECRET, for somebody who has proved something: a password, a link, a session.
 * Throws Fail('busy') when too many are waiting.
 */
export async function hashPassword(password: string): Promise<StoredPassword> {
  if (isTooLong(password))
    throw new Fail('input', { detail: `Use at most ${passwordLimits.maxCodePoints} characters.` });
  const pepper = macKey('password-pepper');
  const passwordHash = await hashingLimit('known', () =>
    hash(peppered(password, pepper), { ...passwordCost, algorithm: argon2id }),
  );
  return { passwordHash, keyId: keyId(pepper) };
}

let decoy: Promise<string> | undefined;

function decoyHash(): Promise<string> {
  decoy ??= hash(peppered(crypto.randomUUID(), macKey('password-pepper')), { ...passwordCost, algorithm: argon2id });
  // A failure must not last: it would tell unknown addresses from known ones.
  return decoy.catch((error: unknown) => {
    decoy = undefined;
    throw error;
  });
}

/**
 * One hash in every case, so the time reveals nothing: for `null`, and for a key that is gone, of a decoy. Throws
 * Fail('busy') like `hashPassword`.
 */
export async function verifyPassword(
  stored: StoredPassword | null,
  password: string,
  lane: Lane = 'known',
): Promise<boolean> {
  const pepper = stored ? pepperOf(stored.keyId) : undefined;
  const candidate = pepper && !isTooLong(password) ? stored : null;
  const against = candidate ? candidate.passwordHash : await decoyHash();
  const input = peppered(isTooLong(password) ? '' : password, pepper ?? macKey('password-pepper'));
  const matches = await hashingLimit(lane, () => verify(against, input));
  return candidate !== null && matches;
}

/** After a change of the cost, or of SECRET. Only a sign-in knows the password, so it happens there. */
export function needsRehash(stored: StoredPassword): boolean {
  return !stored.passwordHash.startsWith(prefix) || pepperOf(stored.keyId) !== macKey('password-pepper');
}

/** Hashes the decoy early, so that the first unknown address takes no longer than the second. */
export async function warmUp() {
  await verifyPassword(null, '');
}

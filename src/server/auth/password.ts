import { createHmac } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { hash, verify } from '@node-rs/argon2';
import { passwordLimits } from '@/lib/limits';
import { Fail } from '../fail';
import { key } from '../keys';
import { type Lane, makeLimit } from './hashing-limit';

/** RFC 9106's second recommendation, scaled to OWASP's floor: argon2id, 19 MiB, two passes, one lane. */
const passwordCost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

// The package's `Algorithm` is a const enum, which isolated modules cannot read; 2 is argon2id.
const argon2id = 2;
const prefix = `$argon2id$v=19$m=${passwordCost.memoryCost},t=${passwordCost.timeCost},p=${passwordCost.parallelism}$`;

// One core stays free for pages however many sign-ins arrive. One that would wait too long is refused at once.
const hashingLimit = makeLimit({ atOnce: Math.max(1, availableParallelism() - 1), waiting: 200 });

// NFKC: composed and decomposed spellings are the same password. The HMAC's key is not in the database, so a copy of it
// is no help in guessing. As text, because the package's `verify` only takes bytes that are UTF-8.
function peppered(password: string): string {
  return createHmac('sha256', key('password-pepper')).update(password.normalize('NFKC')).digest('base64url');
}

/** Longer input is never hashed: no account has such a password, and normalizing a megabyte is wasted work. */
function isTooLong(password: string): boolean {
  return password.length > passwordLimits.maxCodePoints * 2 || [...password].length > passwordLimits.maxCodePoints;
}

/**
 * A PHC string for `credential.passwordHash`, for somebody who has proved something: a password, a link, a session.
 * Throws Fail('busy') when too many are waiting.
 */
export async function hashPassword(password: string): Promise<string> {
  if (isTooLong(password))
    throw new Fail('input', { detail: `Use at most ${passwordLimits.maxCodePoints} characters.` });
  return hashingLimit('known', () => hash(peppered(password), { ...passwordCost, algorithm: argon2id }));
}

let decoy: Promise<string> | undefined;

/** For `null` a decoy costs the same time, so the time reveals nothing. Throws Fail('busy') like `hashPassword`. */
export async function verifyPassword(
  passwordHash: string | null,
  password: string,
  lane: Lane = 'known',
): Promise<boolean> {
  const isCandidate = passwordHash !== null && !isTooLong(password);
  if (!isCandidate) decoy ??= hash(peppered(crypto.randomUUID()), { ...passwordCost, algorithm: argon2id });
  const against = isCandidate ? passwordHash : await decoy;
  const input = peppered(isTooLong(password) ? '' : password);
  const matches = await hashingLimit(lane, () => verify(against ?? '', input));
  return isCandidate && matches;
}

export function needsRehash(passwordHash: string): boolean {
  return !passwordHash.startsWith(prefix);
}

/** Hashes the decoy early, so that the first unknown address takes no longer than the second. */
export async function warmUp() {
  await verifyPassword(null, '');
}

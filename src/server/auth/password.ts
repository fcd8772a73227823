import { createHmac } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { hash, verify } from '@node-rs/argon2';
import { passwordLimits } from '@/lib/limits';
import { Fail } from '../fail';
import { key } from '../keys';
import { makeGate } from './hashing-limit';

/** RFC 9106's second recommendation scaled to OWASP's floor: argon2id, 19 MiB, two passes, one lane. */
const passwordCost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

// `Algorithm` of the package is a const enum, which isolated modules cannot read; 2 is argon2id.
const argon2id = 2;
const prefix = `$argon2id$v=19$m=${passwordCost.memoryCost},t=${passwordCost.timeCost},p=${passwordCost.parallelism}$`;

// One core stays free for pages, however many sign-ins arrive; who would wait too long is told so at once.
const gate = makeGate({ atOnce: Math.max(1, availableParallelism() - 1), waiting: 200 });

/**
 * A password as it goes into argon2: NFKC, so that composed and decomposed spellings are one password, then HMAC-SHA256
 * with a key that is not in the database, so that a copy of the database alone lets nobody guess. As text, because the
 * package's `verify` takes bytes only when they are UTF-8.
 */
function peppered(password: string): string {
  return createHmac('sha256', key('password-pepper')).update(password.normalize('NFKC')).digest('base64url');
}

/** Longer input is never hashed: nobody has such a password, and normalising a megabyte is work for nothing. */
function isTooLong(password: string): boolean {
  return password.length > passwordLimits.maxCodePoints * 2 || [...password].length > passwordLimits.maxCodePoints;
}

/** A PHC string for `credential.passwordHash`. Throws Fail('too_many') when more are waiting than can be served soon. */
export async function hashPassword(password: string): Promise<string> {
  if (isTooLong(password))
    throw new Fail('input', { detail: `Use at most ${passwordLimits.maxCodePoints} characters.` });
  return gate(() => hash(peppered(password), { ...passwordCost, algorithm: argon2id }));
}

let decoy: Promise<string> | undefined;

/**
 * Whether this is the password. For `null` (nobody there, no password, not to be tried) the same work is done on a
 * hash that nothing matches, so that time tells nothing. Throws Fail('too_many') like `hashPassword`.
 */
export async function verifyPassword(passwordHash: string | null, password: string): Promise<boolean> {
  const isCandidate = passwordHash !== null && !isTooLong(password);
  if (!isCandidate) decoy ??= hash(peppered(crypto.randomUUID()), { ...passwordCost, algorithm: argon2id });
  const against = isCandidate ? passwordHash : await decoy;
  const input = peppered(isTooLong(password) ? '' : password);
  const matches = await gate(() => verify(against ?? '', input));
  return isCandidate && matches;
}

/** Whether the hash was made at another cost than today's; sign-in then makes it anew. */
export function needsRehash(passwordHash: string): boolean {
  return !passwordHash.startsWith(prefix);
}

/** The decoy costs one hash; made early, the first unknown address takes no longer than the second. */
export async function warmUp() {
  await verifyPassword(null, '');
}

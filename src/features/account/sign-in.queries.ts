import { cookies } from 'next/headers';
import { slugGuessLimits } from '@/lib/limits';
import { readSlug } from '@/server/auth/sign-in-path';
import { sourceOf } from '@/server/auth/throttle';
import type { PublicCan } from '@/server/work';
import { typedAddressCookie } from './sign-in.policy';

export type SignInPage = { kind: 'open'; name: string; slug: string } | { kind: 'none' } | { kind: 'too many' };

type Misses = { count: number; since: number };

// In memory: opening a page writes nothing, and what this slows down is guessing, which several processes only make
// slower by that factor less.
const missesBySource = new Map<string, Misses>();

/**
 * The organization behind an address as somebody typed it. One that is not active is not told apart from none. Whoever
 * tries many that are none is shown no more, right ones included, or guessing would go on.
 */
export async function findSignInPage(can: PublicCan, typed: string, now = Date.now()): Promise<SignInPage> {
  const source = sourceOf(can.request.ip);
  const misses = missesOf(source, now);
  if (misses.count >= slugGuessLimits.missesPerSource) return { kind: 'too many' };
  const slug = readSlug(decode(typed));
  const found =
    slug &&
    (await can.db.organization.findUnique({ where: { slug }, select: { name: true, slug: true, status: true } }));
  if (found && found.status === 'active') return { kind: 'open', name: found.name, slug: found.slug };
  missesBySource.set(source, { count: misses.count + 1, since: misses.since });
  return { kind: 'none' };
}

function missesOf(source: string, now: number): Misses {
  const known = missesBySource.get(source);
  if (known && now - known.since < slugGuessLimits.windowMs) return known;
  missesBySource.delete(source);
  // The oldest go first: a map keeps the order in which its keys came.
  for (const oldest of missesBySource.keys()) {
    if (missesBySource.size < slugGuessLimits.sources) break;
    missesBySource.delete(oldest);
  }
  return { count: 0, since: now };
}

/** Next leaves a parameter as it stood in the address. */
function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return '';
  }
}

/** What was typed over the sign-in that was just refused. */
export async function typedAddress(): Promise<string> {
  return (await cookies()).get(typedAddressCookie().name)?.value ?? '';
}

import { cookies } from 'next/headers';
import { setBounded } from '@/lib/bounded-map';
import { slugGuessLimits } from '@/lib/limits';
import { readSlug } from '@/server/auth/sign-in-path';
import { sourceOf } from '@/server/auth/throttle';
import { unscoped } from '@/server/scope';
import type { PublicCan } from '@/server/work';
import { typedAddressCookie } from './sign-in.policy';

const publicNames = unscoped('an organization’s name on its public sign-in page');

export type SignInPage = { kind: 'open'; name: string; slug: string } | { kind: 'none' } | { kind: 'too many' };

type Misses = { count: number; since: number };

// In memory, because opening a page writes nothing. With several processes each one counts for itself, which still
// slows guessing down.
const missesBySource = new Map<string, Misses>();

/** An inactive one looks like none. After many misses a source gets no answers, so that guessing does not pay. */
export async function findSignInPage(can: PublicCan, typed: string, now = Date.now()): Promise<SignInPage> {
  const source = sourceOf(can.request.ip);
  const misses = missesOf(source, now);
  if (misses.count >= slugGuessLimits.missesPerSource) return { kind: 'too many' };
  const slug = readSlug(decode(typed));
  const found =
    slug &&
    (await can.read(publicNames, (tables) =>
      tables.organization.findUnique({ where: { slug }, select: { name: true, slug: true, status: true } }),
    ));
  if (found && found.status === 'active') return { kind: 'open', name: found.name, slug: found.slug };
  setBounded(missesBySource, source, { count: misses.count + 1, since: misses.since }, slugGuessLimits.sources);
  return { kind: 'none' };
}

function missesOf(source: string, now: number): Misses {
  const known = missesBySource.get(source);
  return known && now - known.since < slugGuessLimits.windowMs ? known : { count: 0, since: now };
}

/** Next does not decode parameters. */
function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return '';
  }
}

export async function typedAddress(): Promise<string> {
  return (await cookies()).get(typedAddressCookie().name)?.value ?? '';
}

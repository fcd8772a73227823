import { cookies } from 'next/headers';
import { env } from '../env';

/** What a slug of an organization looks like, as it stands in an address. */
const slugPattern = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

/** A slug as somebody typed it: in capitals, with blanks around it. Null for what can be none. */
export function readSlug(typed: unknown): string | null {
  const slug = typeof typed === 'string' && typed.length <= 200 ? typed.trim().toLowerCase() : '';
  return slugPattern.test(slug) ? slug : null;
}

/** Remembers by whose door somebody came in, so that the next time they are led to it again. Holds no secret. */
export function lastSignInCookie() {
  const secure = env().PUBLIC_URL.startsWith('https:');
  return {
    name: secure ? '__Host-rollcall.door' : 'rollcall.door',
    options: { httpOnly: true, sameSite: 'lax', path: '/', secure, maxAge: 365 * 24 * 60 * 60 } as const,
  };
}

export type SignInPath = '/sign-in' | `/o/${string}`;

/** The sign-in page of the organization whose slug this is; the general one for what is none. */
export function signInPathOf(slug: unknown): SignInPath {
  const known = readSlug(slug);
  return known ? `/o/${known}` : '/sign-in';
}

/** The sign-in page by which this browser came in the last time. */
export async function ownSignInPath(): Promise<SignInPath> {
  return signInPathOf((await cookies()).get(lastSignInCookie().name)?.value);
}

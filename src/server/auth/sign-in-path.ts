import { cookies } from 'next/headers';
import { env } from '../env';

const slugPattern = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

/** Ignores capitals and surrounding blanks. Null for anything that cannot be a slug. */
export function readSlug(typed: unknown): string | null {
  const slug = typeof typed === 'string' && typed.length <= 200 ? typed.trim().toLowerCase() : '';
  return slugPattern.test(slug) ? slug : null;
}

/** Remembers the sign-in page a person used, so that they are sent there again next time. No secret. */
export function lastSignInCookie() {
  const secure = env().PUBLIC_URL.startsWith('https:');
  return {
    name: secure ? '__Host-rollcall.door' : 'rollcall.door',
    options: { httpOnly: true, sameSite: 'lax', path: '/', secure, maxAge: 365 * 24 * 60 * 60 } as const,
  };
}

export type SignInPath = '/sign-in' | `/o/${string}`;

export function signInPathOf(slug: unknown): SignInPath {
  const known = readSlug(slug);
  return known ? `/o/${known}` : '/sign-in';
}

export async function ownSignInPath(): Promise<SignInPath> {
  return signInPathOf((await cookies()).get(lastSignInCookie().name)?.value);
}

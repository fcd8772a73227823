import type { SignInPath } from '@/server/auth/sign-in-path';
import { env } from '@/server/env';

/** Keeps what was typed over a refused sign-in: the answer is a redirect, and an address does not belong into a URL. */
export function typedAddressCookie(path: SignInPath = '/sign-in') {
  const secure = env().PUBLIC_URL.startsWith('https:');
  return {
    name: secure ? '__Secure-rollcall.typed' : 'rollcall.typed',
    options: { httpOnly: true, sameSite: 'lax', path, secure, maxAge: 120 } as const,
  };
}

/** Where the people of an organization sign in, to be given to them. */
export function organizationSignInAddress(slug: string): string {
  return `${env().PUBLIC_URL}/o/${slug}`;
}

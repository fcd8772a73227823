import type { SignInPath } from '@/server/auth/sign-in-path';
import { env } from '@/server/env';

/** Keeps the typed email address after a refused sign-in: the answer is a redirect, and it must not go into a URL. */
export function typedAddressCookie(path: SignInPath = '/sign-in') {
  const secure = env().PUBLIC_URL.startsWith('https:');
  return {
    name: secure ? '__Secure-rollcall.typed' : 'rollcall.typed',
    options: { httpOnly: true, sameSite: 'lax', path, secure, maxAge: 120 } as const,
  };
}

export function organizationSignInAddress(slug: string): string {
  return `${env().PUBLIC_URL}/o/${slug}`;
}

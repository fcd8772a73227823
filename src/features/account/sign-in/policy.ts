import { env } from '@/server/env';

/** Keeps what was typed over a refused sign-in: the answer is a redirect, and an address does not belong into a URL. */
export function typedAddressCookie() {
  const secure = env().PUBLIC_URL.startsWith('https:');
  return {
    name: secure ? '__Secure-rollcall.typed' : 'rollcall.typed',
    options: { httpOnly: true, sameSite: 'lax', path: '/sign-in', secure, maxAge: 120 } as const,
  };
}

import type { NextRequest } from 'next/server';
import { noticeCookie } from '@/lib/notices';
import { env } from './env';

/** For a page that a form without scripts leads to. With scripts the notice comes with the answer to the form. */
export function noticeCookieOf(code: string) {
  const secure = env().PUBLIC_URL.startsWith('https:');
  return { name: noticeCookie, value: code, path: '/', sameSite: 'strict', secure, maxAge: 60 } as const;
}

export function isFirstOpening(request: NextRequest): boolean {
  const code = request.nextUrl.searchParams.get('notice');
  return code !== null && request.cookies.get(noticeCookie)?.value === code;
}

/** The same address without a notice that was shown before: after a reload, from the history, from somebody else. */
export function addressWithoutNotice(request: NextRequest): URL | null {
  if (!request.nextUrl.searchParams.has('notice') || isFirstOpening(request)) return null;
  const address = new URL(request.nextUrl.pathname + request.nextUrl.search, env().PUBLIC_URL);
  for (const name of ['notice', 'of']) address.searchParams.delete(name);
  return address;
}

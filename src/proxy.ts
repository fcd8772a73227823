import { type NextRequest, NextResponse } from 'next/server';
import { decodeSession, encodeSession, sessionCookie } from '@/server/auth/session-token';
import { contentPolicy } from '@/server/content-policy';
import { env } from '@/server/env';
import { addressWithoutNotice, isFirstOpening, noticeCookieOf } from '@/server/notice-once';

/** It decides nothing about access: `work.ts` does, and access stays protected even without this file. */
export async function proxy(request: NextRequest) {
  const nonce = Buffer.from(crypto.getRandomValues(new Uint8Array(16))).toString('base64');
  const policy = contentPolicy(nonce, env().NODE_ENV === 'development');
  const headers = new Headers(request.headers);
  // Next reads the nonce from the policy of the request and adds it to its own scripts and styles.
  headers.set('content-security-policy', policy);
  headers.set('x-nonce', nonce);
  const isPage = request.headers.get('sec-fetch-dest') === 'document' && request.method === 'GET';
  const withoutNotice = isPage && addressWithoutNotice(request);
  if (withoutNotice) return NextResponse.redirect(withoutNotice);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set('content-security-policy', policy);
  if (isPage && isFirstOpening(request)) response.cookies.set({ ...noticeCookieOf(''), maxAge: 0 });
  if (env().SECRET_PREVIOUS && isPage) await renewSession(request, response);
  return response;
}

/** After a change of SECRET. Only with a page that is opened: what a form sets meanwhile must not be overwritten. */
async function renewSession(request: NextRequest, response: NextResponse) {
  const { name, options } = sessionCookie();
  const session = await decodeSession(request.cookies.get(name)?.value ?? '');
  if (!session?.isOutdated) return;
  const maxAge = Math.max(1, session.expiresAt - Math.floor(Date.now() / 1000));
  response.cookies.set(name, await encodeSession(session.token, maxAge), { ...options, maxAge });
}

export const config = {
  // Not for static files, and not for /api, where uploads are streamed: Next buffers the body of requests that pass
  // here, and truncates it at 10 MB.
  matcher: [{ source: '/((?!api/|_next/static/|_next/image|favicon\\.ico|icon\\.svg).*)' }],
};

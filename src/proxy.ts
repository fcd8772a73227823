import { type NextRequest, NextResponse } from 'next/server';
import { contentPolicy } from '@/server/content-policy';
import { env } from '@/server/env';

/**
 * Gives every page its content security policy with a nonce of its own. It decides nothing about who may see what:
 * `work.ts` does, and everything about access holds with this file deleted.
 */
export function proxy(request: NextRequest) {
  const nonce = Buffer.from(crypto.getRandomValues(new Uint8Array(16))).toString('base64');
  const policy = contentPolicy(nonce, env().NODE_ENV === 'development');
  const headers = new Headers(request.headers);
  // Next reads the nonce from the request's policy and puts it on its own scripts and styles.
  headers.set('content-security-policy', policy);
  headers.set('x-nonce', nonce);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set('content-security-policy', policy);
  return response;
}

export const config = {
  // Not for files of the build, and not for /api: Next keeps the body of what passes here in memory, and cuts it off.
  matcher: [{ source: '/((?!api/|_next/static/|_next/image|favicon\\.ico|icon\\.svg).*)' }],
};

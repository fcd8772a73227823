import { type NextRequest, NextResponse } from 'next/server';
import { contentPolicy } from '@/server/content-policy';
import { env } from '@/server/env';

/** It decides nothing about access: `work.ts` does, and access stays protected even without this file. */
export function proxy(request: NextRequest) {
  const nonce = Buffer.from(crypto.getRandomValues(new Uint8Array(16))).toString('base64');
  const policy = contentPolicy(nonce, env().NODE_ENV === 'development');
  const headers = new Headers(request.headers);
  // Next reads the nonce from the policy of the request and adds it to its own scripts and styles.
  headers.set('content-security-policy', policy);
  headers.set('x-nonce', nonce);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set('content-security-policy', policy);
  return response;
}

export const config = {
  // Not for static files, and not for /api, where uploads are streamed: Next buffers the body of requests that pass
  // here, and truncates it at 10 MB.
  matcher: [{ source: '/((?!api/|_next/static/|_next/image|favicon\\.ico|icon\\.svg).*)' }],
};

import { newId } from '@/lib/ids';
import { routePattern } from '@/lib/route-patterns';
import { env } from './env';
import { Fail } from './fail';

export type RequestInfo = {
  id: string;
  ip: string | null;
  userAgent: string | null;
  /** The pattern of its route with the names of its parameters, such as `/users/[id]?q`, or `job:` and a name. */
  path: string;
};

/** Set from the socket by `mark-requests.ts`, overwriting what the client sent under that name. */
export const peerHeader = 'x-rollcall-peer';
/** Set by `mark-requests.ts` as well; only used to lead a person back to the page they wanted. */
export const pathHeader = 'x-rollcall-path';

/** The nth address from the right of X-Forwarded-For, n being the number of our proxies; the peer without any. */
function clientAddress(headers: Headers, trustedProxies: number): string | null {
  const peer = headers.get(peerHeader);
  if (trustedProxies === 0) return peer;
  const hops = (headers.get('x-forwarded-for') ?? '').split(',').map((hop) => hop.trim());
  return hops.at(-trustedProxies) || peer;
}

export function requestInfo(headers: Headers): RequestInfo {
  return {
    id: newId(),
    ip: clientAddress(headers, env().TRUSTED_PROXIES),
    userAgent: headers.get('user-agent')?.slice(0, 512) ?? null,
    path: routePattern(wantedPath(headers)),
  };
}

/** The path and query as they were sent: only for leading a person back there, never for a log. */
export function wantedPath(headers: Headers): string {
  return headers.get(pathHeader) ?? '/';
}

/**
 * Next accepts a missing Origin, and a foreign one when X-Forwarded-Host agrees. We accept our own public origin, or
 * the browser's statement that the page has the same origin.
 */
export function assertSameOrigin(headers: Headers) {
  if (!isSameOrigin(headers.get('origin'), headers.get('sec-fetch-site'))) throw new Fail('origin');
}

export function isSameOrigin(origin: string | null | undefined, fetchSite: unknown): boolean {
  return origin === new URL(env().PUBLIC_URL).origin || fetchSite === 'same-origin';
}

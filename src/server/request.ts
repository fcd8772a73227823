import type { IncomingMessage } from 'node:http';
import { isIPv4, isIPv6 } from 'node:net';
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

/**
 * The nth address from the right of X-Forwarded-For, n being the number of our proxies. The peer without any, or when
 * there is no address in that place.
 */
export function clientAddress(forwardedFor: string | null, peer: string | null, trustedProxies: number): string | null {
  const hop = trustedProxies > 0 ? (forwardedFor ?? '').split(',').at(-trustedProxies) : undefined;
  return parseAddress(hop ?? '') ?? parseAddress(peer ?? '');
}

/** Some proxies write the port too, as `192.0.2.1:443` or `[2001:db8::1]:443`. One spelling for each address. */
function parseAddress(written: string): string | null {
  const [, inBrackets, withPort] = /^\s*"?(?:\[([^\]]+)\](?::\d+)?|(\d+(?:\.\d+){3}):\d+)"?\s*$/.exec(written) ?? [];
  const bare = (inBrackets ?? withPort ?? written.trim()).replace(/%.*$/, '');
  if (isIPv4(bare)) return bare;
  if (!isIPv6(bare)) return null;
  const canonical = new URL(`http://[${bare}]`).hostname.slice(1, -1);
  // ::ffff:c000:207 is 192.0.2.7 on a socket for both versions.
  const [, high, low] = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/.exec(canonical) ?? [];
  if (!high || !low) return canonical;
  const bytes = [high, low].map((half) => Number.parseInt(half, 16)).flatMap((half) => [half >> 8, half & 255]);
  return bytes.join('.');
}

/** Headers of Next's request, or of Node's before Next has seen it. */
type HeaderReader = { get(name: string): string | null };

export function headersOf({ headers }: IncomingMessage): HeaderReader {
  return { get: (name) => headers[name]?.toString() ?? null };
}

export function sourceAddress(headers: HeaderReader): string | null {
  return clientAddress(headers.get('x-forwarded-for'), headers.get(peerHeader), env().TRUSTED_PROXIES);
}

export function requestInfo(headers: HeaderReader): RequestInfo {
  return {
    id: newId(),
    ip: sourceAddress(headers),
    userAgent: headers.get('user-agent')?.slice(0, 512) ?? null,
    path: routePattern(wantedPath(headers)),
  };
}

/** The path and query as they were sent: only for leading a person back there, never for a log. */
export function wantedPath(headers: HeaderReader): string {
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

import { subscribe } from 'node:diagnostics_channel';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { newId } from '@/lib/ids';
import { env } from './env';
import { foreignOriginRefused } from './foreign-origin';
import { answerHeader, isUnderWay, keepAnswer } from './page';
import { type Refusal, refusalOf } from './refused-requests';
import { headersOf, pathHeader, peerHeader, requestInfo } from './request';

const refusals = new WeakMap<IncomingMessage, Refusal>();
export const findRefusal = (request: IncomingMessage) => refusals.get(request);

const sentByNext = new WeakSet<IncomingMessage>();
export const isSentByNext = (request: IncomingMessage) => sentByNext.has(request);

const aYear = 365 * 24 * 60 * 60;

/** Overwrites what the client sent under these names. HSTS depends on the public address, so no build can set it. */
export function markRequests() {
  const isSecure = env().PUBLIC_URL.startsWith('https:');
  subscribe('http.server.request.start', (message) => {
    const { request, response } = message as { request: IncomingMessage; response: ServerResponse };
    // Next asks itself for the page that a form leads to, and sends an action of another page on to that page. Such a
    // request keeps the marks of the one that brought it, which waits for it.
    if (isUnderWay(request.headers[answerHeader])) sentByNext.add(request);
    else {
      request.headers[peerHeader] = request.socket.remoteAddress;
      request.headers[pathHeader] = requestedPath(request.url ?? '/');
    }
    const name = newId();
    request.headers[answerHeader] = name;
    if (isSecure) response.setHeader('strict-transport-security', `max-age=${2 * aYear}; includeSubDomains`);
    const refusal = refusalOf(request);
    if (refusal) return refuse(request, refusal);
    keepAnswer(name, request, response);
    sayOurOrigin(request);
  });
}

/** `take-turns.ts` sends the refusal in its turn, because a flood of refused requests is a flood too. */
function refuse(request: IncomingMessage, refusal: Refusal) {
  if (refusal.isForeign) foreignOriginRefused(requestInfo(headersOf(request)));
  refusals.set(request, refusal);
}

/**
 * Next compares the origin of a form with the host that the client or a proxy names, and answers 500 if they differ.
 * The origin was compared with our setting before, so both become that.
 */
function sayOurOrigin({ headers, method }: IncomingMessage) {
  const { origin, host, protocol } = new URL(env().PUBLIC_URL);
  if (method === 'POST') headers.origin = origin;
  headers['x-forwarded-host'] = host;
  headers['x-forwarded-proto'] = protocol.slice(0, -1);
  delete headers['x-forwarded-port'];
  delete headers.forwarded;
}

/** Path and query without Next's own parameter. ASCII and of bounded length, as a header must be. */
export function requestedPath(url: string): string {
  const parsed = url.startsWith('/') ? URL.parse(url, 'http://rollcall.invalid') : null;
  if (parsed?.host !== 'rollcall.invalid' || url.length > 2048) return '/';
  parsed.searchParams.delete('_rsc');
  return parsed.pathname + parsed.search;
}

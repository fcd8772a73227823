import { subscribe } from 'node:diagnostics_channel';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { newId } from '@/lib/ids';
import { env } from './env';
import { answerHeader, keepAnswer } from './page';
import { pathHeader, peerHeader } from './request';

const aYear = 365 * 24 * 60 * 60;

/** Overwrites what the client sent under these names. HSTS depends on the public address, so no build can set it. */
export function markRequests() {
  const isSecure = env().PUBLIC_URL.startsWith('https:');
  subscribe('http.server.request.start', (message) => {
    const { request, response } = message as { request: IncomingMessage; response: ServerResponse };
    request.headers[peerHeader] = bareAddress(request.socket.remoteAddress);
    request.headers[pathHeader] = requestedPath(request.url ?? '/');
    const name = newId();
    request.headers[answerHeader] = name;
    keepAnswer(name, request, response);
    if (!methods.test(request.method ?? '')) refuse(request, response);
    if (isSecure) response.setHeader('strict-transport-security', `max-age=${2 * aYear}; includeSubDomains`);
  });
}

// The methods of pages, forms and route handlers. Next would render a page for a PUT, and answer a TRACE with a 500.
const methods = /^(GET|HEAD|POST)$/;

/** Answers 405. Next still processes the request, so it becomes an OPTIONS whose answer goes nowhere. */
function refuse(request: IncomingMessage, response: ServerResponse) {
  response.writeHead(405, { allow: 'GET, HEAD, POST', 'content-type': 'text/plain; charset=utf-8' });
  response.end('This method is not allowed.');
  request.method = 'OPTIONS';
}

/** On a socket that listens on IPv4 and IPv6, an IPv4 peer looks like ::ffff:192.0.2.1. */
function bareAddress(address: string | undefined): string | undefined {
  return address?.replace(/^::ffff:(?=\d+\.)/i, '');
}

/** Path and query without Next's own parameter. ASCII and of bounded length, as a header must be. */
export function requestedPath(url: string): string {
  const parsed = url.startsWith('/') ? URL.parse(url, 'http://rollcall.invalid') : null;
  if (parsed?.host !== 'rollcall.invalid' || url.length > 2048) return '/';
  parsed.searchParams.delete('_rsc');
  return parsed.pathname + parsed.search;
}

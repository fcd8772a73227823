import { AsyncResource } from 'node:async_hooks';
import { createHash } from 'node:crypto';
import { subscribe } from 'node:diagnostics_channel';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { setBounded } from '@/lib/bounded-map';
import { parseCookies } from '@/lib/cookie-header';
import { decodeSession, sessionCookie } from './auth/session-token';
import { sourceOf } from './auth/throttle';
import { findRefusal, isSentByNext } from './mark-requests';
import { type PlainPage, replaceAnswer } from './plain-page';
import { headersOf, sourceAddress } from './request';
import { makeTurns } from './turns';

// A page with its scripts, styles and prefetched links is far fewer than a hundred requests.
const turnLimits = { alone: 8, together: 1, waiting: 500, inARow: 100, pauseMs: 10, presentMs: 2_000 };

/** After this long a request waits for something else than this process: an upload, a download, the database. */
const turnMs = 1_000;
const rememberedSessions = 5_000;

const crowded: PlainPage = {
  status: 503,
  title: 'Too many requests at once',
  paragraphs: ['Too many requests are waiting for you. Wait a few seconds, then <a href="">load this page again</a>.'],
  headers: { 'retry-after': '5' },
};

/** One visitor must not keep the process busy for all. Next has no hook before its handler, so ours is put in front. */
export function takeTurns() {
  const take = makeTurns(turnLimits);
  const servers = new WeakSet<Server>();
  subscribe('http.server.request.start', (message) => {
    const { server } = message as { server: Server };
    if (servers.has(server)) return;
    servers.add(server);
    const handlers = server.rawListeners('request');
    server.removeAllListeners('request');
    server.on('request', async (request: IncomingMessage, response: ServerResponse) => {
      const refusal = findRefusal(request);
      const handle = () => {
        if (refusal) replaceAnswer(response, refusal);
        else for (const each of handlers) each.call(server, request, response);
      };
      const begin = (done: () => void) => {
        if (response.closed) return done();
        response.once('close', done);
        // A form that is still arriving costs nothing, and one that is sent slowly must not hold up others.
        setTimeout(done, request.complete ? turnMs : 0).unref();
        handle();
      };
      if (isSentByNext(request)) handle();
      else if (!take(await visitorOf(request), AsyncResource.bind(begin))) replaceAnswer(response, crowded);
    });
  });
}

/** A session that we made is a visitor of its own, so that an office does not wait for one of its people. */
async function visitorOf(request: IncomingMessage): Promise<string> {
  const headers = headersOf(request);
  const session = parseCookies(headers.get('cookie')).get(sessionCookie().name);
  return (session && (await sessionIn(session))) || sourceOf(sourceAddress(headers));
}

// One of ours has about 300. A longer one would be remembered at its own length.
const maxCookieChars = 1_000;
const sessions = new Map<string, string>();

/**
 * The session that a cookie of ours names; null for any other. The same token can be written in several ways, so it is
 * the visitor and not the cookie. Whether the session is still live is decided later.
 */
async function sessionIn(cookie: string): Promise<string | null> {
  const known = sessions.get(cookie);
  if (known) return known;
  const read = cookie.length <= maxCookieChars ? await decodeSession(cookie) : null;
  if (!read) return null;
  const session = createHash('sha256').update(read.token).digest('base64url');
  setBounded(sessions, cookie, session, rememberedSessions);
  return session;
}

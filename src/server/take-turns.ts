import { subscribe } from 'node:diagnostics_channel';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { decodeSession, sessionCookie } from './auth/session-token';
import { sourceOf } from './auth/throttle';
import { env } from './env';
import { type PlainPage, replaceAnswer } from './plain-page';
import { clientAddress } from './request';
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
      const begin = (done: () => void) => {
        if (response.closed) return done();
        response.once('close', done);
        setTimeout(done, turnMs).unref();
        for (const handle of handlers) handle.call(server, request, response);
      };
      if (!take(await visitorOf(request), begin)) replaceAnswer(response, crowded);
    });
  });
}

/** A session that we made is a visitor of its own, so that an office does not wait for one of its people. */
async function visitorOf(request: IncomingMessage): Promise<string> {
  const forwarded = request.headers['x-forwarded-for'];
  const ip = clientAddress(forwarded?.toString() ?? null, request.socket.remoteAddress ?? null, env().TRUSTED_PROXIES);
  const start = `${sessionCookie().name}=`;
  const cookies = request.headers.cookie?.split('; ');
  const session = cookies?.find((cookie) => cookie.startsWith(start))?.slice(start.length);
  return session && (await isOurs(session)) ? session : sourceOf(ip);
}

const ours = new Set<string>();

/** Whether the cookie was made with our key; whether its session is still live is decided later. */
async function isOurs(session: string): Promise<boolean> {
  if (ours.has(session)) return true;
  if ((await decodeSession(session)) === null) return false;
  const [oldest] = ours.size >= rememberedSessions ? ours : [];
  if (oldest !== undefined) ours.delete(oldest);
  ours.add(session);
  return true;
}

import { createHash } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { isDatabaseAway } from './db/errors';
import { log } from './log';

/** Long enough for a restart of Postgres, short enough for somebody who waits. */
const retryAfterSeconds = '5';

export const awayWords =
  'Rollcall cannot reach its database at the moment. Wait a few seconds, look whether your change is there, and send it again if it is not.';

const style = `body{font:16px/1.5 system-ui,sans-serif;max-width:36rem;margin:4rem auto;padding:0 1rem;color:CanvasText;background:Canvas}
:root{color-scheme:light dark}h1{font-size:1.25rem}`;

/** Without a frame: who is signed in cannot be looked up either. The link asks anew and repeats no form. */
const page = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Not available at the moment · Rollcall</title><style>${style}</style></head>
<body><main id="main"><h1>Rollcall is not available at the moment</h1>
<p>Its database cannot be reached. This usually passes within seconds.</p>
<p>Wait a moment, then <a href="">load this page again</a>. If you were saving something, look first whether it is there.</p>
<p>If it does not come back within a few minutes, tell whoever runs Rollcall for you.</p></main></body></html>`;

const policy = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'; frame-ancestors 'none'`;

const headers = {
  'content-type': 'text/html; charset=utf-8',
  'cache-control': 'private, no-store',
  'content-security-policy': policy,
  'retry-after': retryAfterSeconds,
};

/** For route handlers: null for every other error. */
export function awayResponse(error: unknown): Response | null {
  if (!isDatabaseAway(error)) return null;
  log('warn', 'database.away', { in: 'route' });
  return new Response(page, { status: 503, headers });
}

/** Gives an answer that has not begun its status and header; its words are somebody else's. */
export function markAway(response: ServerResponse) {
  response.statusCode = 503;
  response.setHeader('retry-after', retryAfterSeconds);
}

/**
 * Puts the page above in the place of whatever this answer was going to be. Next answers an error with its own page and
 * 500, and lets nobody choose another status: so what it writes from here on leads nowhere.
 */
export function replaceByAwayPage(response: ServerResponse) {
  if (response.headersSent) return;
  for (const name of response.getHeaderNames()) {
    if (/^(content-|etag$|link$|vary$|transfer-encoding$|x-nextjs)/.test(name)) response.removeHeader(name);
  }
  response.writeHead(503, headers);
  response.end(response.req.method === 'HEAD' ? undefined : page);
  const nowhere = { write: () => true, end: () => response, writeHead: () => response, setHeader: () => response };
  Object.assign(response, nowhere, {
    removeHeader: () => undefined,
    appendHeader: () => response,
    flushHeaders: () => undefined,
  });
}

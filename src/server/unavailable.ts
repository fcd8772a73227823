import type { ServerResponse } from 'node:http';
import { isDatabaseUnavailable } from './db/errors';
import { log } from './log';
import { type PlainPage, plainHeaders, plainPage } from './plain-page';

/** Long enough for a restart of Postgres, short enough for somebody who waits. */
const retryAfterSeconds = '5';

export const unavailableWords =
  'Rollcall cannot reach its database at the moment. Wait a few seconds, look whether your change is there, and send it again if it is not.';

/** Who is signed in cannot be looked up either. The link asks anew and repeats no form. */
export const unavailablePage: PlainPage = {
  status: 503,
  title: 'Rollcall is not available at the moment',
  paragraphs: [
    'Its database cannot be reached. This usually passes within seconds.',
    'Wait a moment, then <a href="">load this page again</a>. If you were saving something, look first whether it is there.',
    'If it does not come back within a few minutes, tell whoever runs Rollcall for you.',
  ],
  headers: { 'retry-after': retryAfterSeconds },
};

/** For route handlers: null for every other error. */
export function unavailableResponse(error: unknown): Response | null {
  if (!isDatabaseUnavailable(error)) return null;
  log('warn', 'database.unavailable', { in: 'route' });
  return new Response(plainPage(unavailablePage), {
    status: unavailablePage.status,
    headers: plainHeaders(unavailablePage),
  });
}

/** Gives an answer that has not begun its status and header; its words are somebody else's. */
export function markUnavailable(response: ServerResponse) {
  response.statusCode = 503;
  response.setHeader('retry-after', retryAfterSeconds);
}

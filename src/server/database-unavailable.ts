import type { ServerResponse } from 'node:http';
import { isDatabaseUnavailable } from './db/errors';
import { log } from './log';
import { type PlainPage, plainHeaders, plainPage } from './plain-page';

const retryAfterSeconds = '5';

export const unavailableWords =
  'Rollcall cannot reach its database at the moment. Wait a few seconds and check whether your change was saved. If it was not, send it again.';

/** The signed-in person cannot be looked up either. The link loads the page with a GET, so no form is sent twice. */
export const unavailablePage: PlainPage = {
  status: 503,
  title: 'Rollcall is not available at the moment',
  paragraphs: [
    'Its database cannot be reached. This usually passes within seconds.',
    'Wait a moment, then <a href="">load this page again</a>. If you were saving something, check first whether it was saved.',
    'If it does not come back within a few minutes, tell the people who run Rollcall for you.',
  ],
  headers: { 'retry-after': retryAfterSeconds },
};

/** For route handlers. Null for every other error. */
export function unavailableResponse(error: unknown): Response | null {
  if (!isDatabaseUnavailable(error)) return null;
  log('warn', 'database.unavailable', { in: 'route' });
  return new Response(plainPage(unavailablePage), {
    status: unavailablePage.status,
    headers: plainHeaders(unavailablePage),
  });
}

export function markUnavailable(response: ServerResponse) {
  response.statusCode = 503;
  response.setHeader('retry-after', retryAfterSeconds);
}

import { warmUp } from './auth/password';
import { isDatabaseUnavailable } from './db/errors';
import { env } from './env';
import { log, logBug } from './log';
import { markRequests } from './mark-requests';
import { answerHeader, findAnswer } from './page';
import { type PlainPage, replaceAnswer } from './plain-page';
import { pathHeader } from './request';
import { unavailablePage } from './unavailable';

/**
 * What no page, action or route caught itself. That the database is away is no bug, and passes; anything else is logged
 * under a reference. While nothing was sent, words take the place of Next's own page, which is empty without scripts;
 * later `error.tsx` has the say, and shows the digest that stands in the log beside the reference.
 */
export function answerUncaught(error: unknown, headers: Record<string, unknown>) {
  const answer = findAnswer(headers[answerHeader]);
  if (isDatabaseUnavailable(error)) {
    log('warn', 'database.unavailable', { in: 'uncaught' });
    if (answer) replaceAnswer(answer, unavailablePage);
    return;
  }
  const digest = error instanceof Error && 'digest' in error ? String(error.digest) : null;
  const reference = logBug(error, { at: String(headers[pathHeader] ?? ''), digest });
  if (answer) replaceAnswer(answer, brokenPage(reference));
}

function brokenPage(reference: string): PlainPage {
  return {
    status: 500,
    title: 'Something went wrong on our side',
    paragraphs: [
      'The page could not be made. If you were saving something, look whether it is there before you send it again.',
      '<a href="">Load this page again</a>, or <a href="/">go to the first page</a>.',
      `If it keeps failing, tell whoever runs Rollcall for you this reference: <code>${reference}</code>`,
    ],
  };
}

/** What a web process does before its first request. Ends it when a setting is missing. */
export function boot() {
  env();
  markRequests();
  void warmUp().catch((error: unknown) => logBug(error, { at: 'boot' }));
  // A promise nobody waited for belongs to one request; ending the process would end everybody else's with it. It is
  // logged as the bug it is. An uncaught exception is different: Next ends nothing either, but the supervisor should.
  process.on('unhandledRejection', (reason) => logBug(reason, { at: 'unhandledRejection' }));
}

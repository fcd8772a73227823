import { warmUp } from './auth/password';
import { replaceByAwayPage } from './away';
import { isDatabaseAway } from './db/errors';
import { env } from './env';
import { log, logBug } from './log';
import { markRequests } from './mark-requests';
import { answerHeader, findAnswer } from './page';

/**
 * What no page, action or route caught itself, a layout's for one: Next shows its own page for it and answers 500. That
 * the database is away is no bug, and passes.
 */
export function answerUncaught(error: unknown, headers: Record<string, unknown>) {
  if (!isDatabaseAway(error)) return;
  log('warn', 'database.away', { in: 'uncaught' });
  const answer = findAnswer(headers[answerHeader]);
  if (answer) replaceByAwayPage(answer);
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

import { routePattern } from '@/lib/route-patterns';
import { warmUp } from './auth/password';
import { cleanConsole } from './clean-console';
import { unavailablePage } from './database-unavailable';
import { isDatabaseUnavailable } from './db/errors';
import { env, setFormActionKey } from './env';
import { key } from './keys';
import { log, logBug } from './log';
import { markRequests } from './mark-requests';
import { answerHeader, findAnswer, findResponse } from './page';
import { type PlainPage, replaceAnswer } from './plain-page';
import { pathHeader } from './request';
import { checkRoleSettings } from './start-check';
import { takeTurns } from './take-turns';
import { unreadablePage } from './unreadable-form';

/** While nothing was sent, a plain page replaces Next's, empty without scripts. Later `error.tsx` shows the digest. */
export function answerUncaught(error: unknown, headers: Record<string, unknown>, routeType?: string) {
  const path = routePattern(String(headers[pathHeader] ?? ''));
  const unreadable = unreadablePage(error, routeType);
  if (unreadable) {
    log('info', 'request.unreadable', { path });
    const response = findResponse(headers[answerHeader]);
    if (response) replaceAnswer(response, unreadable);
    return;
  }
  const answer = findAnswer(headers[answerHeader]);
  if (isDatabaseUnavailable(error)) {
    log('warn', 'database.unavailable', { in: 'uncaught' });
    if (answer) replaceAnswer(answer, unavailablePage);
    return;
  }
  const digest = error instanceof Error && 'digest' in error ? String(error.digest) : '';
  const reference = logBug(error, { at: path, digest: /^\d+(@\w+)?$/.test(digest) ? digest : null });
  if (answer) replaceAnswer(answer, brokenPage(reference));
}

function brokenPage(reference: string): PlainPage {
  return {
    status: 500,
    title: 'Something went wrong on our side',
    paragraphs: [
      'The page could not be shown. If you were saving something, check whether it was saved before you send it again.',
      '<a href="">Load this page again</a>, or <a href="/">go to the home page</a>.',
      `If it keeps failing, give this reference to the people who run Rollcall for you: <code>${reference}</code>`,
    ],
  };
}

export function boot() {
  env();
  // The same in every replica: a form may be sent to another one than the one that rendered it.
  setFormActionKey(key('form-actions'));
  if (env().NODE_ENV !== 'development') cleanConsole();
  markRequests();
  takeTurns();
  void checkRoleSettings();
  void warmUp().catch((error: unknown) => logBug(error, { at: 'boot' }));
  // A rejection belongs to one request, and ending the process would end everybody else's. An exception is different:
  // Next does not end the process then either, but the supervisor should.
  process.on('unhandledRejection', (reason) => logBug(reason, { at: 'unhandledRejection' }));
}

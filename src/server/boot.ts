import { warmUp } from './auth/password';
import { env } from './env';
import { logBug } from './log';
import { markRequests } from './mark-requests';

/** What a web process does before its first request. Ends it when a setting is missing. */
export function boot() {
  env();
  markRequests();
  void warmUp().catch((error: unknown) => logBug(error, { at: 'boot' }));
  // A promise nobody waited for belongs to one request; ending the process would end everybody else's with it. It is
  // logged as the bug it is. An uncaught exception is different: Next ends nothing either, but the supervisor should.
  process.on('unhandledRejection', (reason) => logBug(reason, { at: 'unhandledRejection' }));
}

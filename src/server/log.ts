import { errorText } from '@/lib/error-text';
import { isDatabaseUnavailable } from './db/errors';
import { env } from './env';

type Fields = Record<string, string | number | boolean | null | undefined>;

const levels = ['debug', 'info', 'warn', 'error', 'silent'];

/** Writes one JSON line per event to standard output. JSON escapes the values, so a name cannot forge a line. */
export function log(level: 'info' | 'warn' | 'error', event: string, fields: Fields = {}) {
  if (levels.indexOf(level) < levels.indexOf(env().LOG_LEVEL)) return;
  process.stdout.write(`${JSON.stringify({ time: new Date().toISOString(), level, event, ...fields })}\n`);
}

/** A person sees only the reference. An unavailable database is no bug and gets no stack: every poll would log it. */
export function logBug(error: unknown, fields: Fields = {}): string {
  const reference = crypto.randomUUID().slice(0, 8);
  if (isDatabaseUnavailable(error)) {
    log('warn', 'database.unavailable', { reference, ...fields });
    return reference;
  }
  log('error', 'bug', { reference, stack: errorText(error), ...fields });
  return reference;
}

import { errorText, withoutValues } from '@/lib/error-text';
import { log } from './log';
import { unreadablePage } from './unreadable-form';

/**
 * Next writes errors to the console as they are, and their messages can repeat a link, a search or an address. They go
 * to our log without these. In development they stay whole: there the console is the developer's own.
 */
export function cleanConsole() {
  for (const [method, level] of [
    ['error', 'error'],
    ['warn', 'warn'],
  ] as const) {
    console[method] = (...given: unknown[]) => {
      if (given.some((each) => unreadablePage(each))) return;
      log(level, 'console', { text: given.map(textOf).join(' ') });
    };
  }
}

function textOf(given: unknown): string {
  if (typeof given === 'string') return withoutValues(given);
  return given instanceof Error ? errorText(given) : typeof given;
}

import { appendFileSync, readFileSync } from 'node:fs';
import { env } from './env';

/** Only in test builds: the file that names the place whose condition is left out. */
export function scopeSwitch(): string | null {
  const { ROLLCALL_TEST_BUILD, ROLLCALL_SCOPE_SWITCH } = env();
  return ROLLCALL_TEST_BUILD ? (ROLLCALL_SCOPE_SWITCH ?? null) : null;
}

/**
 * Notes the place in a second file, so that a test knows which requests reach it, and says whether its condition is left
 * out, so that the test sees whether an answer depends on it.
 */
export function isLeftOut(file: string, place: string): boolean {
  appendFileSync(`${file}.reached`, `${place}\n`);
  return readFileSync(file, 'utf8') === place;
}

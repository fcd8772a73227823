/** The cookie that keeps the chosen theme; absent while the system decides. Holds no secret and is read by scripts. */
export const themeCookie = 'rollcall.theme';

export type Theme = 'system' | 'light' | 'dark';

/** Anything but the two names we write counts as "the system decides". */
export function parseTheme(value: string | undefined): Theme {
  return value === 'light' || value === 'dark' ? value : 'system';
}

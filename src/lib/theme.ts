/** The cookie with the chosen theme; absent while the system decides. Scripts read it, and it is no secret. */
export const themeCookie = 'rollcall.theme';

export type Theme = 'system' | 'light' | 'dark';

export function parseTheme(value: string | undefined): Theme {
  return value === 'light' || value === 'dark' ? value : 'system';
}

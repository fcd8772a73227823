/** One request that a flood sends again and again. `NNN` in path and body becomes another number of six digits each time. */
export type Entry = {
  name: string;
  method: 'GET' | 'POST' | 'PUT';
  path: string;
  headers?: Record<string, string>;
  body?: string;
};

const token = `NNN${'x'.repeat(37)}`;

const form = (fields: Record<string, string>, origin: string) => ({
  method: 'POST' as const,
  headers: { 'content-type': 'application/x-www-form-urlencoded', origin },
  body: new URLSearchParams(fields).toString(),
});

const page = (path: string): Entry => ({ name: path, method: 'GET', path });

/** What anybody can send who has no account. */
export function publicEntries(origin: string, forgotPassword: { type: string; body: string }): Entry[] {
  const signInPath = '/api/auth/callback/credentials';
  return [
    page('/sign-in'),
    { name: 'a sign-in', path: signInPath, ...form({ email: 'nobodyNNN@example.com', password: 'wrong' }, origin) },
    page('/forgot-password'),
    {
      name: 'a request for a new password',
      method: 'POST',
      path: '/forgot-password',
      headers: { 'content-type': forgotPassword.type, origin },
      body: forgotPassword.body,
    },
    page(`/reset-password/${token}`),
    page(`/activate/${token}`),
    page(`/confirm-email/${token}`),
    page(`/set-up/${token}`),
    page('/o/guess-NNN'),
    page('/'),
    page('/users?q=NNN'),
    page('/nothing-NNN'),
    page('/api/ready'),
    page('/api/palette?q=NNN'),
    { name: 'a form from another site', path: '/forgot-password', ...form({ email: 'x' }, 'https://evil.example') },
    {
      name: 'an unknown action',
      method: 'POST',
      path: '/sign-in',
      headers: { 'next-action': '0'.repeat(42), 'content-type': 'text/plain', origin },
      body: '[]',
    },
    { name: 'another method', method: 'PUT', path: '/sign-in' },
    { name: 'a large body', path: signInPath, ...form({ email: 'x'.repeat(500_000) }, origin) },
  ];
}

/** What somebody can send who may read everything. */
export const searches: Entry[] = [
  page('/users?q=arNNN'),
  page('/invitations?q=arNNN'),
  page('/emails?q=arNNN'),
  page('/audit?q=arNNN'),
  page('/groups?q=arNNN'),
  page('/organizations?q=arNNN'),
  page('/imports'),
  page('/api/palette?q=arNNN'),
];

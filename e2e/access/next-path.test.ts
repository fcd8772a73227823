import { inject, test } from 'vitest';
import { call, callAction, ours } from './support/call';
import { newBugs, resetRows, watchRows } from './support/rows';
import { makeVerdicts } from './support/verdicts';

const world = inject('world');
const { url } = inject('access');
watchRows();

/** Ways to name another host where a path is expected. */
const elsewhere = [
  'https://evil.example',
  '//evil.example',
  '///evil.example',
  '/\\evil.example',
  '\\\\evil.example',
  '/\t/evil.example',
  '/%09/evil.example',
  '/%2f/evil.example',
  '/%5cevil.example',
  '/..//evil.example',
  '/./\\evil.example',
  'https:evil.example',
  'javascript:alert(1)',
  'data:text/html,x',
  ' //evil.example',
  '/\r\nLocation: https://evil.example',
  '@evil.example',
  '.evil.example',
  `/${'a'.repeat(3000)}`,
  '{"not":""}',
];

/** Location may only contain a path of Rollcall, as a browser would read it. */
function strayProblem(location: string | null): string | false {
  if (location === null) return false;
  const target = URL.parse(location, url);
  return target?.origin === url && !/evil/.test(target.host) ? false : `redirects to ${location}`;
}

test('signing in redirects only to Rollcall', async () => {
  const verdicts = makeVerdicts();
  const { email, cookie } = world.people['system admin'];
  for (const next of elsewhere) {
    const query = new URLSearchParams({ next, callbackUrl: next, returnTo: next });
    const signedIn = await call(`/sign-in?${query}`, { cookie });
    const twice = await call(`/sign-in?next=/users&${query}`, { cookie });
    const body = new URLSearchParams({ email, password: world.password, next, callbackUrl: next });
    const posted = await call('/api/auth/callback/credentials', { method: 'POST', headers: ours(), body });
    const refused = new URLSearchParams({ email: 'nobody@example.org', password: 'wrong', next });
    const failed = await call('/api/auth/callback/credentials', { method: 'POST', headers: ours(), body: refused });
    for (const [way, answer] of Object.entries({ signedIn, twice, posted, failed })) {
      verdicts.say(
        `${way} × ${next.slice(0, 60)}`,
        strayProblem(answer.location),
        answer.status >= 500 && `answered ${answer.status}`,
      );
    }
    verdicts.say(`posted × ${next.slice(0, 60)}`, posted.status !== 303 && `answered ${posted.status}`);
    await resetRows();
  }
  verdicts.say('next', ...newBugs());
  verdicts.check();
});

test('a form redirects only to Rollcall', async () => {
  const verdicts = makeVerdicts();
  const { cookie } = world.people['system admin'];
  for (const returnTo of elsewhere) {
    const fields = { columns: ['email'], density: 'compact', size: '25', returnTo };
    const answer = await callAction('preference.lists.users', fields, { cookie });
    const target = answer.headers.get('x-action-redirect')?.split(';')[0] ?? answer.location;
    verdicts.say(
      `form × ${returnTo.slice(0, 60)}`,
      strayProblem(target),
      answer.status >= 500 && `answered ${answer.status}`,
    );
    await resetRows();
  }
  verdicts.say('next', ...newBugs());
  verdicts.check();
});

import { readdirSync } from 'node:fs';
import path from 'node:path';
import { expect, inject, test } from 'vitest';
import { pages } from './policy';
import { type Answer, call, callAction, ours } from './support/call';
import { filesBelow, fill, findRoutes } from './support/entry-points';
import { resetRows, sql, watchRows } from './support/rows';
import { makeVerdicts } from './support/verdicts';

const world = inject('world');
const { tree, hasProxy } = inject('access');
const cookie = world.people['system admin'].cookie;
watchRows();

const always: Record<string, RegExp> = {
  'x-content-type-options': /^nosniff$/,
  'x-frame-options': /^DENY$/,
  'referrer-policy': /^(strict-origin-when-cross-origin|same-origin|no-referrer)$/,
  'cross-origin-opener-policy': /^same-origin$/,
  'cross-origin-resource-policy': /^same-origin$/,
  'permissions-policy': /camera=\(\)/,
};
const never = ['x-powered-by', 'server', 'access-control-allow-origin', 'access-control-allow-credentials'];

function problemsOf({ headers, text }: Answer, isPage: boolean): string[] {
  const policy = headers.get('content-security-policy') ?? '';
  const isCached = !/no-store/.test(headers.get('cache-control') ?? '');
  return [
    ...Object.entries(always).flatMap(([name, pattern]) =>
      pattern.test(headers.get(name) ?? '') ? [] : [`${name} is ${headers.get(name)}`],
    ),
    ...never.filter((name) => headers.has(name)).map((name) => `sends ${name}`),
    ...(isCached ? [`may be cached: ${headers.get('cache-control')}`] : []),
    ...(isPage && hasProxy && !/script-src [^;]*'nonce-[^']{20,}'/.test(policy) ? ['has no nonce'] : []),
    ...(/unsafe-(inline|eval)/.test(policy) ? ['allows unsafe scripts or styles'] : []),
    ...(isPage && hasProxy && !policy.includes("frame-ancestors 'none'") ? ['may be framed'] : []),
    ...(isPage && /<script(?![^>]*nonce=)[^>]*>/.test(text) && hasProxy ? ['has a script without a nonce'] : []),
  ];
}

test('every page sends its security headers, also when refused or not found', async () => {
  const verdicts = makeVerdicts();
  const routes = findRoutes().pages.filter((route) => pages[route]);
  for (const route of [...routes, '/nothing-here']) {
    const target = pages[route]?.of && world.targets[pages[route].of][0];
    const at = fill(route, String(target?.id ?? 'x'));
    for (const [who, each] of [
      ['nobody', null],
      ['system admin', cookie],
      ['member', world.people.member.cookie],
    ] as const) {
      const answer = await call(at, { cookie: each });
      verdicts.say(`${who} × ${route} (${answer.status})`, ...problemsOf(answer, answer.status !== 307));
    }
  }
  verdicts.check();
});

test('route handlers, actions and files of the build send their security headers', async () => {
  const verdicts = makeVerdicts();
  for (const at of [
    '/api/health',
    '/api/ready',
    '/api/nothing',
    '/api/auth/session',
    '/api/auth/csrf',
    '/imports/templates/people',
  ]) {
    verdicts.say(at, ...problemsOf(await call(at, { cookie }), false));
  }
  const action = await callAction('password.forgot', { email: 'nobody' });
  verdicts.say('an action', ...problemsOf(action, false).filter((problem) => !problem.startsWith('has no nonce')));
  const foreign = await call('/sign-in', { method: 'POST', headers: { origin: 'https://evil.example' }, body: 'a' });
  for (const refused of [foreign, await call('/%ff'), await call('/', { method: 'PUT' })]) {
    expect.soft(refused.status).toBeLessThan(500);
    expect.soft(refused.headers.get('content-security-policy')).toContain("default-src 'none'");
    verdicts.say(`a refusal with ${refused.status}`, ...problemsOf(refused, false));
  }
  const [file = ''] = readdirSync(path.join(tree, '.next/static/chunks')).filter((name) => name.endsWith('.js'));
  const script = await call(`/_next/static/chunks/${file}`);
  expect.soft(script.status).toBe(200);
  verdicts.say('a script', ...problemsOf(script, false).filter((problem) => !problem.startsWith('may be cached')));
  verdicts.check();
});

test('two answers never share a nonce', async () => {
  const nonces = await Promise.all(
    [1, 2, 3].map(async () => (await call('/sign-in')).headers.get('content-security-policy')),
  );
  if (hasProxy) expect(new Set(nonces).size).toBe(3);
});

test('cookies cannot be read by scripts and are not sent by other sites', async () => {
  await resetRows();
  const { email } = world.people['system admin'];
  const body = new URLSearchParams({ email, password: world.password });
  const answer = await call('/api/auth/callback/credentials', { method: 'POST', headers: ours(), body });
  const set = answer.headers.getSetCookie();
  expect(answer.status).toBe(303);
  expect(set.some((each) => each.startsWith('rollcall.session='))).toBe(true);
  for (const each of set) {
    expect.soft(each).toMatch(/; HttpOnly/i);
    expect.soft(each).toMatch(/; SameSite=(Lax|Strict)/i);
    expect.soft(each).toMatch(/; Path=\//i);
    // Over http on loopback a browser would drop a Secure cookie; everywhere else the cookie is __Host- and Secure.
    expect.soft(each).not.toMatch(/; (Secure|Domain)/i);
    expect.soft(each.length).toBeLessThan(4096);
  }
  const mine = set.map((each) => each.split(';')[0]).join('; ');
  const token = /rollcall\.session=([^;]+)/.exec(mine)?.[1] ?? 'none';
  for (const at of ['/', '/account', '/users']) {
    const page = await call(at, { cookie: mine });
    expect.soft(page.text.includes(token), `${at} contains the session cookie`).toBe(false);
  }
  await resetRows();
});

test('source maps, internal files and unused routes are not served', async () => {
  const verdicts = makeVerdicts();
  const maps = filesBelow(path.join(tree, '.next/static')).filter((file) => file.endsWith('.map'));
  verdicts.say('source maps', maps.length > 0 && `${maps.length} in the build`);
  const [chunk = ''] = readdirSync(path.join(tree, '.next/static/chunks')).filter((name) => name.endsWith('.js'));
  for (const at of [
    '/.git/config',
    '/.env',
    '/.env.local',
    '/package.json',
    '/next.config.ts',
    '/.next/server/server-reference-manifest.json',
    '/_next/../server/server-reference-manifest.json',
    '/_next/static/../server/server-reference-manifest.json',
    `/_next/static/chunks/${chunk}.map`,
    '/_next/image?url=%2Ficon.svg&w=64&q=75',
    '/_next/image?url=http%3A%2F%2F127.0.0.1%3A1%2Fx&w=64&q=75',
    '/__nextjs_original-stack-frame',
    '/_next/webpack-hmr',
    '/metrics',
    '/api/docs',
    '/api/auth/signin',
    '/api/auth/session',
    '/api/auth/providers',
  ]) {
    const answer = await call(at, { cookie });
    verdicts.say(at, answer.status !== 404 && `answered ${answer.status}`);
  }
  verdicts.check();
});

test('scripts of the build contain no secret and no email address of a person', async () => {
  const { readFileSync } = await import('node:fs');
  const emails = (await sql<{ email: string }>('SELECT email FROM "user"')).map(({ email }) => email);
  const secrets = ['server-reference-manifest', 'DATABASE_URL', 'AUDIT_SIGNING_KEY', ...emails];
  const leaks = filesBelow(path.join(tree, '.next/static')).flatMap((file) => {
    const text = readFileSync(file, 'utf8');
    return secrets.filter((secret) => text.includes(secret)).map((secret) => `${path.basename(file)}: ${secret}`);
  });
  expect(leaks).toEqual([]);
});

import { inject, test } from 'vitest';
import type { ActorName } from './actors';
import { type PagePolicy, pages } from './policy';
import { call } from './support/call';
import { fill, findRoutes } from './support/entry-points';
import { share } from './support/extent';
import { rawCall, setTrap } from './support/raw';
import { changedTables, fingerprint, newBugs, watchRows } from './support/rows';
import type { Target } from './support/targets';
import { makeVerdicts } from './support/verdicts';

const world = inject('world');
const { url } = inject('access');
const { host } = new URL(url);
const guarded = findRoutes().pages.filter((route) => pages[route] && pages[route].permission !== 'public');
watchRows();

/** Headers that made routers and proxies serve pages which the page itself would have refused. */
const headerTricks: Record<string, string>[] = [
  ...['middleware', 'src/middleware', 'proxy', 'src/proxy', 'pages/_middleware'].map((name) => ({
    'x-middleware-subrequest': Array(6).fill(name).join(':'),
  })),
  { 'x-middleware-subrequest': 'proxy' },
  { 'x-middleware-subrequest-id': 'a'.repeat(16) },
  { 'x-middleware-invoke': '1', 'x-invoke-path': '/api/health', 'x-invoke-status': '200' },
  { 'x-matched-path': '/sign-in' },
  { 'x-middleware-rewrite': '/api/health' },
  { 'x-middleware-next': '1', 'x-middleware-override-headers': 'x-rollcall-peer' },
  { 'x-original-url': '/sign-in', 'x-rewrite-url': '/sign-in' },
  { 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'https', 'x-forwarded-for': '127.0.0.1' },
  { 'x-real-ip': '127.0.0.1', 'x-rollcall-peer': '127.0.0.1', 'x-rollcall-path': '/users' },
  { 'x-nextjs-data': '1' },
  { 'next-router-prefetch': '1', rsc: '1' },
  { 'next-router-segment-prefetch': '/_tree', rsc: '1' },
  { 'next-router-segment-prefetch': '/_full', rsc: '1', 'next-router-prefetch': '1' },
  { 'next-router-state-tree': encodeURIComponent('["",{"children":["(console)",{}]},null,"refetch"]'), rsc: '1' },
  { 'next-url': '/sign-in', rsc: '1' },
  { 'next-resume': '1' },
  { 'x-prerender-revalidate': 'a'.repeat(32) },
  { purpose: 'prefetch', 'sec-purpose': 'prefetch' },
  { authorization: 'Bearer undefined' },
];

/** Other spellings of an address. */
function pathTricks(path: string): string[] {
  const letter = path.search(/[a-z]/);
  const encoded =
    letter < 0 ? path : `${path.slice(0, letter)}%${path.charCodeAt(letter).toString(16)}${path.slice(letter + 1)}`;
  return [
    `${path}.rsc`,
    `${path}?_rsc=1`,
    `${path}.segments/_tree.segment.rsc`,
    `${path}.segments/_full.segment.rsc`,
    `/_next/data/build${path}.json`,
    `${path}?nxtPid=1&nxtPslug=second-house`,
    path.toUpperCase(),
    encoded,
    `/${path}`,
    `/.${path}`,
    `/x/..${path}`,
    `${path}/`,
    `${path}.`,
    `${path};.js`,
    `${path}/x.css`,
    `${path}%2f.ico`,
    `${path}%00`,
    `/en${path}`,
    `\\${path.slice(1)}`,
    `${path}?__nextLocale=en&__flight__=1`,
    `/_next/static${path}`,
    `/_next/image?url=${encodeURIComponent(path)}&w=64&q=75`,
  ];
}

/** A record of organization B, which none of these people may see. */
function recordOf(route: string): Target | undefined {
  const { of } = pages[route] as PagePolicy;
  return of && world.targets[of].find(({ places }) => places.includes('b') && places.length === 1);
}

const pathOf = (route: string) => fill(route, String(recordOf(route)?.id ?? 'x'));

const strangers = ['nobody', 'member', 'org admin A'] as const satisfies ActorName[];

// On each page the three share the spellings, so that all are tried there.
test.each(strangers)('no header or path trick lets in %s', async (actor) => {
  const verdicts = makeVerdicts();
  const before = await fingerprint();
  const cookie = world.people[actor].cookie ?? '';
  for (const [n, route] of guarded.entries()) {
    const path = pathOf(route);
    const shows = recordOf(route)?.shows;
    const requests = [
      ...share(pathTricks(path), strangers.length, n + strangers.indexOf(actor)).map((each) => ({
        path: each,
        headers: {},
      })),
      ...(actor === 'nobody' ? share(headerTricks, 3, n).map((headers) => ({ path, headers })) : []),
    ];
    for (let at = 0; at < requests.length; at += 6) {
      await Promise.all(
        requests.slice(at, at + 6).map(async ({ path: at, headers }) => {
          const answer = await rawCall({ path: at, headers: { host, cookie, ...headers } });
          verdicts.say(
            `${actor} × ${at} ${JSON.stringify(headers)}`,
            shows && answer.text.includes(shows) && `shows ${shows}`,
            answer.status >= 500 && `answered ${answer.status}`,
            actor === 'nobody' && answer.text.includes('aria-label="Console"') && 'shows the console',
            /evil\.example/.test(answer.location ?? '') && `redirects to ${answer.location}`,
          );
        }),
      );
    }
  }
  const changed = changedTables(before, await fingerprint());
  verdicts.say(actor, changed.length > 0 && `changed ${changed.join(', ')}`, ...newBugs());
  verdicts.check();
});

test('an address below a person is not found, and the answer is not cached', async () => {
  const verdicts = makeVerdicts();
  const { cookie } = world.people['system admin'];
  const id = String(world.targets.user[0]?.id);
  for (const tail of ['/x.css', ';.js', '%2f.ico', '/favicon.ico', '/..%2fx.png', '.json']) {
    const answer = await call(`/users/${id}${tail}`, { cookie });
    verdicts.say(
      tail,
      answer.status !== 404 && `answered ${answer.status}`,
      !(answer.headers.get('cache-control') ?? '').includes('no-store') &&
        `may be cached: ${answer.headers.get('cache-control')}`,
    );
  }
  verdicts.check();
});

test('the address of the server never comes from a request', async () => {
  const trap = await setTrap();
  const verdicts = makeVerdicts();
  const evil = `127.0.0.1:${trap.port}`;
  const forged: Record<string, string>[] = [
    { host: evil },
    { host, 'x-forwarded-host': evil },
    { host, forwarded: `host=${evil};proto=http` },
    { host: evil, 'x-forwarded-host': evil, 'x-forwarded-proto': 'http', 'x-forwarded-port': String(trap.port) },
  ];
  for (const headers of forged) {
    for (const path of ['/', '/users', '/sign-in', '/api/auth/session', '/api/health', '/nothing']) {
      const answer = await rawCall({ path, headers });
      const isRepeated = [answer.location ?? '', answer.text, ...answer.headers.getSetCookie()].some((text) =>
        text.includes(evil),
      );
      verdicts.say(
        `${path} ${JSON.stringify(headers)}`,
        isRepeated && 'repeats the forged host',
        answer.status >= 500 && `${answer.status}`,
      );
    }
  }
  verdicts.say('the trap', trap.calls() > 0 && 'was called by the server');
  await trap.close();
  verdicts.check();
});

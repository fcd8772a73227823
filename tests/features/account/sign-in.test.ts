import { testDatabase } from '@tests/support/database';
import { makePerson, requestFrom, sessionHeader, testPassword } from '@tests/support/sign-in';
import { decode } from 'next-auth/jwt';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { signInRoute } from '@/features/account/sign-in.service';
import { findLiveSession, startSession } from '@/server/auth/session';
import { writesOn } from '@/server/db/statements';
import * as environment from '@/server/env';
import { key } from '@/server/keys';

vi.mock('@/server/env', { spy: true });

const { db } = await testDatabase();
const origin = 'http://127.0.0.1:3000';

afterEach(() => {
  vi.mocked(environment.env).mockReset();
});

function post(fields: Record<string, string> | string, headers: Record<string, string> = { origin }) {
  const body = new URLSearchParams(fields);
  return signInRoute(
    new Request('http://evil.example/api/auth/callback/credentials', { method: 'POST', body, headers }),
  );
}

const cookie = (response: Response, name: string) =>
  response.headers.getSetCookie().find((value) => value.startsWith(`${name}=`));

/** The answer without cookie values. */
async function shape(response: Response) {
  // Next removes its second set-cookie header before it answers.
  const headers = [...response.headers].filter(([name]) => !name.endsWith('set-cookie'));
  const cookies = response.headers
    .getSetCookie()
    .map((value) => value.replace(/=[^;]*/, '=…').replace(/Expires=[^;]*/, ''));
  return { status: response.status, headers, cookies, body: await response.text() };
}

describe('signing in with a plain form', () => {
  test('saves the time zone of the browser unless one is already saved', async () => {
    const person = await makePerson(db);
    const send = (timeZone: string) => post({ email: person.email, password: testPassword, timeZone });
    const known = async () => (await db.preference.findUnique({ where: { userId: person.id } }))?.timeZone ?? null;
    for (const none of ['', 'Mars/Olympus', "'; DROP TABLE", 'x'.repeat(5000)]) {
      expect((await send(none)).status).toBe(303);
      expect(await known()).toBeNull();
    }
    await db.preference.create({ data: { userId: person.id, lists: { users: { size: 25 } } } });
    await send('Asia/Calcutta');
    expect(await known()).toBe('Asia/Kolkata');
    await send('Europe/Berlin');
    expect(await known()).toBe('Asia/Kolkata');
    expect(await db.preference.findUnique({ where: { userId: person.id } })).toMatchObject({
      lists: { users: { size: 25 } },
    });
  });

  test('needs no earlier cookie and creates a session whose token is only in the cookie', async () => {
    const person = await makePerson(db);
    const response = await post({ email: person.email, password: testPassword, next: '/users?page=2' });
    expect(response.status).toBe(303);
    expect(response.headers.get('location')).toBe('/users?page=2');
    expect(await response.text()).toBe('');
    const session = cookie(response, 'rollcall.session') ?? '';
    expect(session).toMatch(/; Path=\/;.*HttpOnly; SameSite=Lax$/i);
    const jwt = await decode({ token: /=([^;]+)/.exec(session)?.[1], secret: key('next-auth') });
    expect(Object.keys(jwt ?? {}).sort()).toEqual(['exp', 'iat', 'jti', 'sid']);
    expect((await findLiveSession(db, String(jwt?.sid)))?.user.id).toBe(person.id);
    expect(session.length).toBeLessThan(1000);
  });

  test('ASVS 7.2.4: ends the session the browser presented, also that of another person', async () => {
    const [first, second] = [await makePerson(db), await makePerson(db)];
    for (const person of [first, second]) {
      const presented = await startSession(writesOn(db), first.id, requestFrom());
      const cookie = await sessionHeader(presented.token);
      expect((await post({ email: person.email, password: testPassword }, { origin, cookie })).status).toBe(303);
      expect(await findLiveSession(db, presented.token)).toBeNull();
    }
    const ended = await db.auditEvent.findMany({ where: { action: 'session.ended' } });
    expect(ended.map(({ actorId }) => actorId)).toEqual([first.id, first.id]);
  });

  test('a refusal leaves the presented session open', async () => {
    const person = await makePerson(db);
    const presented = await startSession(writesOn(db), person.id, requestFrom());
    await post({ email: person.email, password: 'wrong' }, { origin, cookie: await sessionHeader(presented.token) });
    expect(await findLiveSession(db, presented.token)).not.toBeNull();
  });

  test('creates a new session each time and never adopts one that was sent along', async () => {
    const person = await makePerson(db);
    const first = await post({ email: person.email, password: testPassword });
    const sent = /^[^;]+/.exec(cookie(first, 'rollcall.session') ?? '')?.[0] ?? '';
    const second = await post({ email: person.email, password: testPassword }, { origin, cookie: sent });
    expect(cookie(second, 'rollcall.session')).not.toContain(sent);
    expect(await db.session.count()).toBe(2);
    expect(await db.session.count({ where: { endedAt: null } })).toBe(1);
  });

  test('over https every cookie is Secure and has its prefix', async () => {
    const settings = environment.env();
    const secureOrigin = 'https://rollcall.example.org';
    vi.mocked(environment.env).mockReturnValue({ ...settings, PUBLIC_URL: secureOrigin });
    const person = await makePerson(db);
    const good = await post({ email: person.email, password: testPassword }, { origin: secureOrigin });
    const bad = await post({ email: person.email, password: 'wrong' }, { origin: secureOrigin });
    const all = [...good.headers.getSetCookie(), ...bad.headers.getSetCookie()];
    expect(all.map((value) => value.split('=')[0])).toEqual([
      '__Host-rollcall.device',
      '__Host-rollcall.session',
      '__Secure-rollcall.typed',
    ]);
    for (const value of all) expect(value).toMatch(/; Secure/i);
    for (const value of all) expect(value).toMatch(/SameSite=Lax/i);
  });

  test('with a temporary password leads to changing it and keeps the destination', async () => {
    const person = await makePerson(db, { mustChange: true });
    const response = await post({ email: person.email, password: testPassword, next: '/users' });
    expect(response.headers.get('location')).toBe('/account/password?next=%2Fusers');
  });

  test('with an expired initial password leads to words about it, for a right password only', async () => {
    const person = await makePerson(db, { mustChange: true, expiresAt: new Date(0) });
    const right = await post({ email: person.email, password: testPassword, next: '/users' });
    expect(right.headers.get('location')).toBe('/sign-in?error=expired&next=%2Fusers');
    expect(right.headers.getSetCookie().join()).not.toContain('rollcall.session');
    const wrong = await post({ email: person.email, password: 'wrong', next: '/users' });
    expect(wrong.headers.get('location')).toBe('/sign-in?error=1&next=%2Fusers');
  });

  test('without a console permission and a destination leads to the account page', async () => {
    const person = await makePerson(db);
    const response = await post({ email: person.email, password: testPassword });
    expect(response.headers.get('location')).toBe('/account');
  });
});

describe('refusals', () => {
  test('look the same for every reason', async () => {
    const wrong = await makePerson(db);
    const invited = await makePerson(db, { status: 'invited', password: null });
    const inactive = await makePerson(db, { status: 'inactive' });
    const archived = await makePerson(db, { status: 'archived' });
    const throttled = await makePerson(db);
    for (let n = 0; n < 6; n += 1) await post({ email: throttled.email, password: 'wrong' });
    const shapes = [];
    for (const { email } of [wrong, invited, inactive, archived])
      shapes.push(await shape(await post({ email, password: 'x' })));
    for (const { email } of [invited, inactive, archived, throttled]) {
      shapes.push(await shape(await post({ email, password: testPassword })));
    }
    shapes.push(await shape(await post({ email: 'nobody@acme.example', password: testPassword })));
    shapes.push(await shape(await post({ email: 'no address', password: testPassword })));
    shapes.push(await shape(await post({})));
    shapes.push(await shape(await post(`email=a%40b.example&email=${wrong.email}&password=${testPassword}`)));
    shapes.push(await shape(await post({ email: wrong.email, password: 'x'.repeat(10_000) })));
    expect(new Set(shapes.map((one) => JSON.stringify(one))).size).toBe(1);
    expect(shapes[0]).toMatchObject({ status: 303, body: '' });
    expect(await db.session.count()).toBe(0);
  });

  test.each([
    {},
    { origin: 'null' },
    { origin: 'https://evil.example' },
    { origin: 'https://evil.example', 'x-forwarded-host': 'evil.example', host: 'evil.example' },
    { 'sec-fetch-site': 'cross-site' },
    { origin: `${origin}.evil.example` },
  ])('of requests from another site come before any other check: %o', async (headers) => {
    const person = await makePerson(db);
    const response = await post({ email: person.email, password: testPassword }, headers as Record<string, string>);
    expect(response.status).toBe(403);
    expect(response.headers.getSetCookie()).toEqual([]);
    expect(await db.signInAttempt.count()).toBe(0);
  });
});

test.each([
  '//evil.example',
  '/\\evil.example',
  '/%09/evil.example',
  'https:evil.example',
  'https://evil.example',
  'javascript:alert(1)',
  '/..//evil.example',
  '/users\r\nSet-Cookie: a=b',
  `/${'x'.repeat(3000)}`,
  'http://a@evil.example',
  '/%2f%2fevil.example',
])('never redirects elsewhere: %j', async (next) => {
  const person = await makePerson(db);
  for (const name of ['next', 'callbackUrl', 'returnTo']) {
    const good = await post({ email: person.email, password: testPassword, [name]: next });
    expect(good.headers.get('location')).toBe('/account');
    const bad = await post({ email: person.email, password: 'wrong', [name]: next });
    expect(bad.headers.get('location')).toBe('/sign-in?error=1');
  }
});

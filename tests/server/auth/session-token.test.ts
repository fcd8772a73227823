import { rotateSecret } from '@tests/support/secret';
import { sessionHeader } from '@tests/support/sign-in';
import { NextRequest } from 'next/server';
import { expect, test, vi } from 'vitest';
import { proxy } from '@/proxy';
import { nextAuthSignOut } from '@/server/auth/next-auth';
import { decodeSession } from '@/server/auth/session-token';

vi.mock('@/server/env', { spy: true });

const newSecret = 'another secret, for tests only, and long enough';
const token = 'a'.repeat(43);

const valueIn = (header: string) => /=([^;]+)/.exec(header)?.[1] ?? '';

async function open(cookie: string, method = 'GET', what = 'document') {
  const headers = { cookie, 'sec-fetch-dest': what };
  const response = await proxy(new NextRequest('http://127.0.0.1:3000/users', { method, headers }));
  return response.headers.getSetCookie();
}

test('a session cookie of before the rotation still names its session', async () => {
  const cookie = await sessionHeader(token);
  rotateSecret(newSecret);
  expect(await decodeSession(valueIn(cookie))).toMatchObject({ token, isOutdated: true });
  rotateSecret(newSecret, { keep: false });
  expect(await decodeSession(valueIn(cookie))).toBeNull();
});

test('the next page replaces it, so that it works once SECRET_PREVIOUS is gone', async () => {
  const cookie = await sessionHeader(token);
  rotateSecret(newSecret);
  const [renewed = ''] = await open(cookie);
  expect(renewed).toMatch(/^rollcall\.session=[^;]+; Path=\/; .*HttpOnly; SameSite=lax$/i);
  rotateSecret(newSecret, { keep: false });
  expect(await decodeSession(valueIn(renewed))).toMatchObject({ token, isOutdated: false });
});

test('the replacement ends when the first one did', async () => {
  const cookie = await sessionHeader(token);
  rotateSecret(newSecret);
  const before = await decodeSession(valueIn(cookie));
  vi.useFakeTimers({ now: Date.now() + 3_600_000, toFake: ['Date'] });
  const [renewed = ''] = await open(cookie);
  const after = await decodeSession(valueIn(renewed));
  vi.useRealTimers();
  expect(Math.abs((after?.expiresAt ?? 0) - (before?.expiresAt ?? 1e9))).toBeLessThanOrEqual(1);
});

test('nothing is replaced without a rotation, by a form, or for a cookie that is not ours', async () => {
  const cookie = await sessionHeader(token);
  expect(await open(cookie)).toEqual([]);
  rotateSecret(newSecret);
  expect(await open(cookie, 'POST')).toEqual([]);
  expect(await open('rollcall.session=nonsense')).toEqual([]);
  expect(await open('')).toEqual([]);
});

test('signing out works with a cookie of before the rotation', async () => {
  const cookie = await sessionHeader(token);
  rotateSecret(newSecret);
  const [cleared = ''] = await nextAuthSignOut(valueIn(cookie));
  expect(cleared).toMatch(/^rollcall\.session=;/);
});

test('only opening a page replaces it, not what a page asks for while a form may set another session', async () => {
  const cookie = await sessionHeader(token);
  rotateSecret(newSecret);
  expect(await open(cookie, 'GET', 'empty')).toEqual([]);
});

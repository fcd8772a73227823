import { testDatabase } from '@tests/support/database';
import { attemptSignIn, makePerson, testPassword } from '@tests/support/sign-in';
import { beforeEach, expect, test, vi } from 'vitest';
import * as passwords from '@/server/auth/password';

vi.mock('@/server/auth/password', { spy: true });

const { db } = await testDatabase();

beforeEach(() => {
  vi.mocked(passwords.verifyPassword).mockClear();
});

const day = 24 * 60 * 60 * 1000;
const results = async () => (await db.signInAttempt.findMany({ orderBy: { id: 'asc' } })).map((row) => row.result);
const makeExpired = () => makePerson(db, { mustChange: true, expiresAt: new Date(Date.now() - 1000) });

test('ASVS 6.4.1: an initial password that nobody changed in time no longer signs in', async () => {
  const person = await makeExpired();
  await expect(attemptSignIn(person.email, testPassword)).rejects.toMatchObject({ code: 'password.expired' });
  expect(await results()).toEqual(['password_expired']);
  expect(await db.session.count()).toBe(0);
  expect((await db.auditEvent.findMany()).map(({ action }) => action)).toEqual(['session.refused']);
});

test('ASVS 6.4.1: until then it signs in, and must be changed', async () => {
  const person = await makePerson(db, { mustChange: true, expiresAt: new Date(Date.now() + day) });
  expect(await attemptSignIn(person.email, testPassword)).toMatchObject({ mustChangePassword: true });
});

test('only somebody who types the expired password rightly learns that it expired', async () => {
  const person = await makeExpired();
  expect(await attemptSignIn(person.email, 'a wrong guess at it')).toBeNull();
  expect(await results()).toEqual(['wrong_password']);
  for (let n = 0; n < 5; n += 1) await attemptSignIn(person.email, 'a wrong guess at it');
  // The account is throttled by now, so not even the right one is told.
  expect(await attemptSignIn(person.email, testPassword)).toBeNull();
});

test('refusing an expired password verifies it once, as any attempt does', async () => {
  const [expired, usual] = [await makeExpired(), await makePerson(db)];
  await attemptSignIn(expired.email, testPassword).catch(() => null);
  const calls = () => vi.mocked(passwords.verifyPassword).mock.calls;
  expect(calls()).toHaveLength(1);
  expect(calls()[0]?.[0]).not.toBeNull();
  await attemptSignIn(usual.email, 'wrong');
  expect(calls()).toHaveLength(2);
});

test('a password of one’s own never expires, whatever an older version left beside it', async () => {
  const person = await makePerson(db, { mustChange: false, expiresAt: new Date(Date.now() - 1000) });
  expect(await attemptSignIn(person.email, testPassword)).not.toBeNull();
});

import { testDatabase } from '@tests/support/database';
import { attemptSignIn, makePerson, testPassword } from '@tests/support/sign-in';
import { beforeEach, expect, test, vi } from 'vitest';
import { signInLimits } from '@/lib/limits';
import * as passwords from '@/server/auth/password';
import { deviceCounters } from '@/server/auth/throttle';
import { Fail } from '@/server/fail';

vi.mock('@/server/auth/password', { spy: true });

const { db, owner } = await testDatabase();

beforeEach(() => {
  vi.mocked(passwords.verifyPassword).mockReset();
});

const calls = () => vi.mocked(passwords.verifyPassword).mock.calls;
const results = async () => (await db.signInAttempt.findMany()).map((row) => row.result);

test('a blocked account is verified like an unknown one', async () => {
  const person = await makePerson(db);
  for (let n = 0; n < 5; n += 1) await attemptSignIn(person.email, 'wrong', { ip: `198.51.100.${n}` });
  vi.mocked(passwords.verifyPassword).mockClear();
  expect(await attemptSignIn(person.email, testPassword)).toBeNull();
  expect(calls().map(([hash]) => hash)).toEqual([null]);
});

test('an attempt that was answered "busy" is recorded and counts as no failure', async () => {
  const person = await makePerson(db);
  const { device } = (await attemptSignIn(person.email, testPassword)) ?? {};
  for (const given of [{ device }, {}]) {
    for (let n = 0; n < signInLimits.failuresPerSource + 5; n += 1) {
      vi.mocked(passwords.verifyPassword).mockRejectedValueOnce(new Fail('busy'));
      await expect(attemptSignIn(person.email, testPassword, given)).rejects.toMatchObject({ code: 'busy' });
    }
    expect(await attemptSignIn(person.email, testPassword, given)).not.toBeNull();
  }
  // A stranger's is recorded once an hour: it must not fill the log.
  expect((await results()).filter((result) => result === 'busy')).toHaveLength(signInLimits.failuresPerSource + 6);
});

test('a known device is verified in the lane of known people', async () => {
  const person = await makePerson(db);
  const { device } = (await attemptSignIn(person.email, testPassword)) ?? {};
  await attemptSignIn(person.email, testPassword, { device });
  expect(calls().map(([, , lane]) => lane)).toEqual(['stranger', 'known']);
});

test('a device with a hundred failures in a row is unknown again, so that a new password helps there', async () => {
  const person = await makePerson(db);
  const { device } = (await attemptSignIn(person.email, testPassword)) ?? {};
  await owner.query(
    `INSERT INTO throttle (key, failures, window_start, blocked_until) VALUES ($1, 100, app_now(), app_now() + '1 year')`,
    [deviceCounters(person.email, device ?? '')[1].key],
  );
  const again = await attemptSignIn(person.email, testPassword, { device });
  expect(again?.device).toBeDefined();
  expect(again?.device).not.toBe(device);
});

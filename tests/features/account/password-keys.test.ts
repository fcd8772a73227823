import { testDatabase } from '@tests/support/database';
import { rotateSecret } from '@tests/support/secret';
import { makePerson, requestFrom, testPassword } from '@tests/support/sign-in';
import { expect, test, vi } from 'vitest';
import { secretStatus } from '@/commands/secret-status';
import { countPasswordsByKey } from '@/features/account/password-keys.queries';
import { signIn } from '@/server/auth/sign-in';
import { readsOn } from '@/server/db/statements';

vi.mock('@/server/env', { spy: true });

const { db, owner } = await testDatabase();

const newSecret = 'another secret, for tests only, and long enough';
const counts = () => countPasswordsByKey(readsOn(db));

test('passwords are counted by the secret they need, until their owners sign in', async () => {
  const [ada] = [await makePerson(db), await makePerson(db), await makePerson(db, { status: 'archived' })];
  expect(await counts()).toEqual({ current: 2, previous: 0, gone: 0 });
  rotateSecret(newSecret);
  expect(await counts()).toEqual({ current: 0, previous: 2, gone: 0 });
  await signIn({ email: ada.email, password: testPassword, device: null }, requestFrom());
  expect(await counts()).toEqual({ current: 1, previous: 1, gone: 0 });
  rotateSecret(newSecret, { keep: false });
  expect(await counts()).toEqual({ current: 1, previous: 0, gone: 1 });
});

test('a password from before key ids counts for the previous secret, once there is one', async () => {
  await makePerson(db);
  await owner.query('UPDATE credential SET key_id = NULL');
  expect(await counts()).toEqual({ current: 1, previous: 0, gone: 0 });
  rotateSecret(newSecret);
  expect(await counts()).toEqual({ current: 0, previous: 1, gone: 0 });
});

test('the command says when SECRET_PREVIOUS can go, and what becomes of the rest', async () => {
  const printed: string[] = [];
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => printed.push(String(text)) > 0);
  await makePerson(db);
  rotateSecret(newSecret);
  await secretStatus();
  rotateSecret(newSecret, { keep: false });
  await secretStatus();
  vi.mocked(process.stdout.write).mockRestore();
  expect(printed).toEqual([
    'Under SECRET: 0 passwords.\n' +
      'Under SECRET_PREVIOUS: 1 password. Each moves to SECRET when its owner signs in.\n' +
      'You can remove SECRET_PREVIOUS once the change is 7 days ago. Those who have not signed in by then use "Forgot your password?".\n',
    'Under SECRET: 0 passwords.\n' +
      'Under a secret that is no longer set: 1 password. Their owners use "Forgot your password?", or you set that secret as SECRET_PREVIOUS again.\n',
  ]);
});

import { createHmac } from 'node:crypto';
import { hash } from '@node-rs/argon2';
import { testDatabase } from '@tests/support/database';
import { rotateSecret } from '@tests/support/secret';
import { attemptSignIn, makePerson, testPassword } from '@tests/support/sign-in';
import { describe, expect, test, vi } from 'vitest';
import { key } from '@/server/keys';

vi.mock('@/server/env', { spy: true });

const { db, owner } = await testDatabase();

const newSecret = 'another secret, for tests only, and long enough';

const stored = (userId: string) => db.credential.findUniqueOrThrow({ where: { userId } });

describe('ASVS 11.2.2: the application key can be exchanged, and argon2id made stronger', () => {
  test('a password of the previous key signs in, and is then stored under the new one', async () => {
    const person = await makePerson(db);
    const before = await stored(person.id);
    rotateSecret(newSecret);
    expect(await attemptSignIn(person.email)).not.toBeNull();
    const after = await stored(person.id);
    expect(after.passwordHash).not.toBe(before.passwordHash);
    expect(after.keyId).not.toBe(before.keyId);
    rotateSecret(newSecret, { keep: false });
    expect(await attemptSignIn(person.email)).not.toBeNull();
    expect((await stored(person.id)).passwordHash).toBe(after.passwordHash);
  });

  test('a wrong password of the previous key is refused, and changes nothing', async () => {
    const person = await makePerson(db);
    const before = await stored(person.id);
    rotateSecret(newSecret);
    expect(await attemptSignIn(person.email, 'wrong')).toBeNull();
    expect(await stored(person.id)).toEqual(before);
  });

  test('a password from before key ids counts as one of the previous key', async () => {
    const person = await makePerson(db);
    await owner.query('UPDATE credential SET key_id = NULL');
    rotateSecret(newSecret);
    expect(await attemptSignIn(person.email)).not.toBeNull();
    expect((await stored(person.id)).keyId).not.toBeNull();
  });

  test('a password from before key ids works without a rotation, and is not hashed again', async () => {
    const person = await makePerson(db);
    await owner.query('UPDATE credential SET key_id = NULL');
    const before = await stored(person.id);
    expect(await attemptSignIn(person.email)).not.toBeNull();
    expect(await stored(person.id)).toEqual(before);
  });

  test('a password of a key that is gone is refused as a wrong one', async () => {
    const person = await makePerson(db);
    rotateSecret(newSecret, { keep: false });
    expect(await attemptSignIn(person.email)).toBeNull();
    expect((await db.signInAttempt.findMany()).map((row) => row.result)).toEqual(['wrong_password']);
  });

  test('a hash with weaker argon2id parameters is renewed at sign-in', async () => {
    const person = await makePerson(db);
    const peppered = createHmac('sha256', key('password-pepper')).update(testPassword).digest('base64url');
    const weak = await hash(peppered, { memoryCost: 4096, timeCost: 1, parallelism: 1, algorithm: 2 });
    await owner.query('UPDATE credential SET password_hash = $1', [weak]);
    expect(await attemptSignIn(person.email)).not.toBeNull();
    expect((await stored(person.id)).passwordHash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  });
});

describe('a device that was known before the rotation', () => {
  test('stays known, so strangers cannot lock its owner out', async () => {
    const person = await makePerson(db);
    const first = await attemptSignIn(person.email);
    rotateSecret(newSecret);
    for (let n = 0; n < 20; n += 1) await attemptSignIn(person.email, 'wrong', { ip: `198.51.100.${n}` });
    expect(await attemptSignIn(person.email)).toBeNull();
    const again = await attemptSignIn(person.email, testPassword, { device: first?.device });
    expect(again?.device).toBe(first?.device);
    rotateSecret(newSecret, { keep: false });
    const later = await attemptSignIn(person.email, testPassword, { device: first?.device });
    expect(later?.device).toBe(first?.device);
  });

  test('does not get further attempts by it', async () => {
    const person = await makePerson(db);
    const first = await attemptSignIn(person.email);
    for (let n = 0; n < 5; n += 1) await attemptSignIn(person.email, 'wrong', { device: first?.device });
    rotateSecret(newSecret);
    const tried = attemptSignIn(person.email, testPassword, { device: first?.device });
    await expect(tried).rejects.toMatchObject({ code: 'blocked' });
  });
});

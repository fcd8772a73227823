import { testDatabase } from '@tests/support/database';
import { attemptSignIn, makePerson, testPassword } from '@tests/support/sign-in';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { signInLimits } from '@/lib/limits';
import * as passwords from '@/server/auth/password';
import { findLiveSession } from '@/server/auth/session';

vi.mock('@/server/auth/password', { spy: true });

const { db, owner } = await testDatabase();

beforeEach(() => {
  // Restored here too, in case the previous test failed half-way.
  vi.mocked(passwords.verifyPassword).mockReset();
});

/** How often a real hash was verified, and how often a decoy. */
function verifications() {
  const hashes = vi.mocked(passwords.verifyPassword).mock.calls.map(([hash]) => hash);
  return { real: hashes.filter(Boolean).length, decoy: hashes.filter((hash) => hash === null).length };
}

const results = async () => (await db.signInAttempt.findMany({ orderBy: { id: 'asc' } })).map((row) => row.result);

describe('a right password', () => {
  test('starts a session whose token finds the person, and is audited', async () => {
    const person = await makePerson(db);
    const signedIn = await attemptSignIn(` ${person.email.toUpperCase()} `, testPassword);
    const session = await findLiveSession(db, signedIn?.token ?? '');
    expect(session?.user.id).toBe(person.id);
    expect(await results()).toEqual(['signed_in']);
    const events = await db.auditEvent.findMany();
    expect(events.map((event) => [event.action, event.actorId, event.subjectId])).toEqual([
      ['session.started', person.id, person.id],
    ]);
    expect((await db.user.findUniqueOrThrow({ where: { id: person.id } })).lastSignInAt).not.toBeNull();
  });

  test('renews an old hash', async () => {
    const person = await makePerson(db);
    vi.mocked(passwords.needsRehash).mockReturnValueOnce(true);
    const before = await db.credential.findUniqueOrThrow({ where: { userId: person.id } });
    expect(await attemptSignIn(person.email, testPassword)).not.toBeNull();
    const after = await db.credential.findUniqueOrThrow({ where: { userId: person.id } });
    expect(after.passwordHash).not.toBe(before.passwordHash);
    expect(await attemptSignIn(person.email, testPassword)).not.toBeNull();
  });

  test('reports that the password must be changed', async () => {
    const person = await makePerson(db, { mustChange: true });
    const signedIn = await attemptSignIn(person.email, testPassword);
    expect(signedIn?.mustChangePassword).toBe(true);
    expect((await findLiveSession(db, signedIn?.token ?? ''))?.mustChangePassword).toBe(true);
  });

  test('gives each of many simultaneous sign-ins a session and a token of its own', async () => {
    const person = await makePerson(db);
    const all = await Promise.all(Array.from({ length: 4 }, () => attemptSignIn(person.email, testPassword)));
    expect(new Set(all.map((one) => one?.token)).size).toBe(4);
    expect(await db.session.count()).toBe(4);
  });
});

describe('a refusal', () => {
  test.each([
    ['wrong_password', {}, 'wrong'],
    ['invited', { status: 'invited' as const, password: null }, testPassword],
    ['inactive', { status: 'inactive' as const }, testPassword],
    ['archived', { status: 'archived' as const }, testPassword],
    ['no_password', { password: null }, testPassword],
  ])('%s answers the same and does the same work', async (result, given, password) => {
    const person = await makePerson(db, given);
    expect(await attemptSignIn(person.email, password)).toBeNull();
    expect(await results()).toEqual([result]);
    expect(await db.session.count()).toBe(0);
    const { real, decoy } = verifications();
    expect(real + decoy).toBe(1);
    expect(real).toBe(result === 'wrong_password' ? 1 : 0);
  });

  test.each(['nobody@acme.example', 'no address', '', 'a@b.example\r\nBcc: c@d.example', 'x'.repeat(100_000)])(
    'of an address nobody has does it too (%#)',
    async (email) => {
      expect(await attemptSignIn(email, testPassword)).toBeNull();
      expect(await results()).toEqual(['unknown_address']);
      expect(verifications()).toEqual({ real: 0, decoy: 1 });
    },
  );

  test('of an unknown address leaves no address in the audit log', async () => {
    await attemptSignIn('nobody@acme.example', testPassword);
    const [detail] = await db.auditDetail.findMany();
    expect(JSON.stringify(detail?.body)).not.toContain('nobody');
    expect((await db.auditEvent.findMany())[0]?.action).toBe('session.refused');
  });

  test('a person deactivated while the password is being verified is refused', async () => {
    const person = await makePerson(db);
    vi.mocked(passwords.needsRehash).mockImplementationOnce(() => true);
    vi.mocked(passwords.hashPassword).mockImplementationOnce(async () => {
      await db.user.update({ where: { id: person.id }, data: { status: 'inactive' } });
      return { passwordHash: 'never stored', keyId: null };
    });
    expect(await attemptSignIn(person.email, testPassword)).toBeNull();
    expect(await db.session.count()).toBe(0);
  });
});

describe('guessing', () => {
  test('200 guesses at once verify no more than the limit', async () => {
    const person = await makePerson(db);
    const guesses = Array.from({ length: 200 }, (_, n) =>
      attemptSignIn(person.email, `guess ${n}`, { ip: `198.51.100.${n}` }),
    );
    expect((await Promise.all(guesses)).every((one) => one === null)).toBe(true);
    expect(verifications().real).toBe(signInLimits.failuresPerAccount);
    expect((await results()).filter((result) => result === 'throttled')).toHaveLength(195);
    // Two hundred hashes, one at a time on a small machine.
  }, 120_000);

  test('one source cannot try one password on many accounts, and what it tries once blocked costs no hashing', async () => {
    const { failuresPerSource } = signInLimits;
    const tries = Array.from({ length: failuresPerSource + 30 }, (_, n) =>
      attemptSignIn(`person${n}@acme.example`, testPassword, { ip: `2001:db8:0:7::${n}` }),
    );
    const refused = (await Promise.allSettled(tries)).filter(({ status }) => status === 'rejected');
    expect(refused).toHaveLength(30);
    expect(refused[0]).toMatchObject({ reason: { code: 'blocked' } });
    expect(verifications()).toEqual({ real: 0, decoy: failuresPerSource });
    expect(await results()).toEqual(Array(failuresPerSource).fill('unknown_address'));
    expect(await db.auditEvent.count()).toBe(failuresPerSource);
  });

  test('the right password is refused during the delay and accepted after it', async () => {
    const person = await makePerson(db);
    for (let n = 0; n < signInLimits.failuresPerAccount; n += 1) await attemptSignIn(person.email, 'wrong');
    expect(await attemptSignIn(person.email, testPassword)).toBeNull();
    await pass('61 seconds');
    expect(await attemptSignIn(person.email, testPassword)).not.toBeNull();
    for (let n = 0; n < signInLimits.failuresPerAccount; n += 1) await attemptSignIn(person.email, 'wrong');
    expect((await results()).slice(-5)).toEqual(Array(5).fill('wrong_password'));
  });

  test('each further failure waits twice as long, up to fifteen minutes', async () => {
    const person = await makePerson(db);
    const waits: number[] = [];
    for (let n = 0; n < 11; n += 1) {
      await attemptSignIn(person.email, 'wrong', { ip: `198.51.100.${n}` });
      const { rows } = await owner.query<{ wait: string | null }>(
        `SELECT round(extract(epoch FROM blocked_until - app_now()) / 60) AS wait FROM throttle WHERE key LIKE 'sign-in-account:%'`,
      );
      waits.push(Number(rows[0]?.wait ?? 0));
      await owner.query(`UPDATE throttle SET blocked_until = NULL WHERE key LIKE 'sign-in-account:%'`);
    }
    expect(waits).toEqual([0, 0, 0, 0, 1, 2, 4, 8, 15, 15, 15]);
  });

  test('the 101st failure in a row is not verified, whatever the source or the pace', async () => {
    const person = await makePerson(db);
    vi.mocked(passwords.verifyPassword).mockResolvedValue(false);
    for (let n = 0; n < 105; n += 1) {
      await attemptSignIn(person.email, 'wrong', { ip: `198.51.100.${n}` });
      await pass('2 hours');
    }
    expect(verifications().real).toBe(signInLimits.failuresInARow);
  });

  test('strangers cannot lock the owner out of a device they signed in on', async () => {
    const person = await makePerson(db);
    const first = await attemptSignIn(person.email, testPassword);
    for (let n = 0; n < 20; n += 1) await attemptSignIn(person.email, 'wrong', { ip: `198.51.100.${n}` });
    expect(await attemptSignIn(person.email, testPassword)).toBeNull();
    const again = await attemptSignIn(person.email, testPassword, { device: first?.device });
    expect(again?.device).toBe(first?.device);
  });

  test('an invented device, or that of another person, counts as unknown', async () => {
    const [person, other] = [await makePerson(db), await makePerson(db)];
    const others = await attemptSignIn(other.email, testPassword, { ip: '203.0.113.9' });
    for (let n = 0; n < 5; n += 1) await attemptSignIn(person.email, 'wrong', { ip: `198.51.100.${n}` });
    for (const device of ['A'.repeat(43), others?.device, '{"not":""}']) {
      expect(await attemptSignIn(person.email, testPassword, { device, ip: '203.0.113.10' })).toBeNull();
    }
  });

  test('a known device is throttled as well', async () => {
    const person = await makePerson(db);
    const first = await attemptSignIn(person.email, testPassword);
    vi.mocked(passwords.verifyPassword).mockClear();
    const tries = Array.from({ length: 30 }, () => attemptSignIn(person.email, 'wrong', { device: first?.device }));
    const refused = (await Promise.allSettled(tries)).filter(({ status }) => status === 'rejected');
    expect(refused).toHaveLength(30 - signInLimits.failuresPerAccount);
    expect(verifications()).toEqual({ real: signInLimits.failuresPerAccount, decoy: 0 });
  });

  test('an office that signs in all day from one address is not throttled', async () => {
    const people = await Promise.all(Array.from({ length: 3 }, () => makePerson(db)));
    for (let n = 0; n < signInLimits.failuresPerSource + 10; n += 1) {
      expect(await attemptSignIn(people[n % 3]?.email ?? '', testPassword)).not.toBeNull();
    }
  });

  test('the table of counters contains no email address', async () => {
    const person = await makePerson(db);
    await attemptSignIn(person.email, 'wrong');
    const { rows } = await owner.query<{ key: string }>('SELECT key FROM throttle');
    expect(rows.length).toBeGreaterThan(2);
    for (const { key } of rows) expect(key).toMatch(/^[a-z-]+:[\w-]{43}$/);
  });

  /** Makes every counter that much older. */
  async function pass(interval: string) {
    await owner.query(
      `UPDATE throttle SET window_start = window_start - $1::interval, blocked_until = blocked_until - $1::interval
        WHERE key NOT LIKE 'sign-in-row:%' OR $1 <> '2 hours'`,
      [interval],
    );
  }
});

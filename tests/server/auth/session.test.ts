import { testDatabase } from '@tests/support/database';
import { makeMember } from '@tests/support/factories';
import { makePerson, requestFrom, testPassword } from '@tests/support/sign-in';
import { describe, expect, test } from 'vitest';
import { endSessions, findLiveSession, replaceSession, startSession, touchSession } from '@/server/auth/session';
import { signIn } from '@/server/auth/sign-in';
import { writesOn } from '@/server/db/statements';

const { db, owner } = await testDatabase();

const attempt = (email: string, password: string) => signIn({ email, password, device: null }, requestFrom());

describe('sessions', () => {
  test('end after an hour without activity, and after a day in any case', async () => {
    const person = await makePerson(db);
    const signedIn = await attempt(person.email, testPassword);
    const token = signedIn?.token ?? '';
    await owner.query(`UPDATE session SET last_seen_at = now() - interval '59 minutes'`);
    expect(await findLiveSession(db, token)).not.toBeNull();
    await owner.query(`UPDATE session SET last_seen_at = now() - interval '61 minutes'`);
    expect(await findLiveSession(db, token)).toBeNull();
    await owner.query(`UPDATE session SET last_seen_at = now(), expires_at = now()`);
    expect(await findLiveSession(db, token)).toBeNull();
  });

  test('a replaced token no longer works, and the new one expires when the old one would have', async () => {
    const person = await makePerson(db);
    const signedIn = await attempt(person.email, testPassword);
    const session = await findLiveSession(db, signedIn?.token ?? '');
    const fresh = await replaceSession(writesOn(db), session?.id ?? '', requestFrom());
    expect(await findLiveSession(db, signedIn?.token ?? '')).toBeNull();
    expect((await findLiveSession(db, fresh?.token ?? ''))?.user.id).toBe(person.id);
    const rows = await db.session.findMany();
    expect(new Set(rows.map((row) => row.expiresAt.getTime())).size).toBe(1);
    expect(await replaceSession(writesOn(db), session?.id ?? '', requestFrom())).toBeNull();
  });

  test('deactivating a person or ending their sessions invalidates their cookie at once', async () => {
    const person = await makePerson(db);
    const token = (await attempt(person.email, testPassword))?.token ?? '';
    await db.user.update({ where: { id: person.id }, data: { status: 'inactive' } });
    expect(await findLiveSession(db, token)).toBeNull();
    await db.user.update({ where: { id: person.id }, data: { status: 'active' } });
    expect(await findLiveSession(db, token)).not.toBeNull();
    expect(await endSessions(writesOn(db), person.id, 'revoked')).toBe(1);
    expect(await findLiveSession(db, token)).toBeNull();
  });

  test('are touched every minute; people and their memberships once an hour', async () => {
    const member = await makeMember(db);
    const { token } = await startSession(writesOn(db), member.id, requestFrom());
    const touchAfter = async (sessionAge: string, personAge: string | null) => {
      await owner.query('UPDATE session SET last_seen_at = now() - $1::interval', [sessionAge]);
      await owner.query(`UPDATE "user" SET last_activity_at = now() - $1::interval`, [personAge]);
      await owner.query('UPDATE membership SET last_activity_at = (SELECT last_activity_at FROM "user")');
      const session = await findLiveSession(db, token);
      if (session?.touch) await touchSession(db, session);
      const { rows } = await owner.query(`SELECT s.last_seen_at > now() - interval '30 seconds' AS session,
          u.last_activity_at > now() - interval '30 seconds' AS person, u.last_activity_at IS NOT DISTINCT FROM m.last_activity_at AS "isCopy"
        FROM session s JOIN "user" u ON u.id = s.user_id JOIN membership m ON m.user_id = u.id`);
      return rows[0];
    };
    expect(await touchAfter('50 seconds', '50 seconds')).toEqual({ session: false, person: false, isCopy: true });
    expect(await touchAfter('2 minutes', '59 minutes')).toEqual({ session: true, person: false, isCopy: true });
    expect(await touchAfter('2 minutes', '61 minutes')).toEqual({ session: true, person: true, isCopy: true });
    expect(await touchAfter('2 minutes', null)).toEqual({ session: true, person: true, isCopy: true });
  });

  test('a token that is cut, lengthened or changed by one character finds nobody', async () => {
    const person = await makePerson(db);
    const token = (await attempt(person.email, testPassword))?.token ?? '';
    const flipped = `${token.slice(0, -1)}${token.endsWith('A') ? 'E' : 'A'}`;
    for (const other of [token.slice(1), `${token}A`, flipped, '']) expect(await findLiveSession(db, other)).toBeNull();
  });
});

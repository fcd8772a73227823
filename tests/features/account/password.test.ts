import { testDatabase } from '@tests/support/database';
import { makePerson, requestFrom, testPassword } from '@tests/support/sign-in';
import { describe, expect, test, vi } from 'vitest';
import { changePassword } from '@/features/account/password.service';
import { endSession, findLiveSession, startSession } from '@/server/auth/session';
import { writesOn } from '@/server/db/statements';
import { asSession, canSignIn } from './account.support';

const { db, owner } = await testDatabase();
const fresh = 'eleven geese on a roof';

// Jobs are tested elsewhere.
vi.mock('@/server/queue/job-queue', () => ({ enqueue: vi.fn() }));

describe('changing your own password', () => {
  test('gives this session a new token, ends the others and lifts "must change"', async () => {
    const person = await makePerson(db, { mustChange: true });
    const [mine, other] = await Promise.all([1, 2].map(() => startSession(writesOn(db), person.id, requestFrom())));
    const before = await findLiveSession(db, mine?.token ?? '');
    expect(before?.mustChangePassword).toBe(true);
    const changed = await asSession(mine?.token ?? '', (work) =>
      changePassword(work, { currentPassword: testPassword, newPassword: fresh, next: '' }),
    );
    const token = 'token' in changed ? changed.token : '';
    const after = await findLiveSession(db, token);
    expect(after).toMatchObject({ mustChangePassword: false, user: { id: person.id } });
    expect(await findLiveSession(db, mine?.token ?? '')).toBeNull();
    expect(await findLiveSession(db, other?.token ?? '')).toBeNull();
    expect(await canSignIn(person.email, fresh)).toBe(true);
    expect((await db.email.findMany()).map((mail) => mail.template)).toEqual(['password-changed']);
  });

  test('needs the current password and allows five wrong guesses, even if many arrive together', async () => {
    const person = await makePerson(db);
    const { token } = await startSession(writesOn(db), person.id, requestFrom());
    const guess = (currentPassword: string) =>
      asSession(token, (work) => changePassword(work, { currentPassword, newPassword: fresh, next: '' }));
    const answers = await Promise.all(Array.from({ length: 12 }, (_, n) => guess(`guess number ${n}`)));
    const refused = answers.map((answer) => ('refused' in answer ? answer.refused : 'changed'));
    expect(refused.filter((one) => one === 'password.wrong')).toHaveLength(5);
    expect(refused.filter((one) => one === 'too_many')).toHaveLength(7);
    expect(await guess(testPassword)).toEqual({ refused: 'too_many' });
    expect(await db.auditEvent.count({ where: { action: 'password.change_refused' } })).toBe(13);
    await owner.query('DELETE FROM throttle');
    expect(await guess(testPassword)).toHaveProperty('token');
  }, 60_000);

  test('refuses the current password as the new one', async () => {
    const person = await makePerson(db);
    const { token } = await startSession(writesOn(db), person.id, requestFrom());
    const same = asSession(token, (work) =>
      changePassword(work, { currentPassword: testPassword, newPassword: testPassword, next: '' }),
    );
    await expect(same).rejects.toThrow('password.same');
  });

  test('changes nothing if the session has ended', async () => {
    const person = await makePerson(db);
    const { id, token } = await startSession(writesOn(db), person.id, requestFrom());
    const changing = asSession(token, async (work) => {
      await endSession(work, { id, userId: person.id });
      return changePassword(work, { currentPassword: testPassword, newPassword: fresh, next: '' });
    });
    await expect(changing).rejects.toThrow('not_allowed');
    expect(await canSignIn(person.email, testPassword)).toBe(true);
  });
});

import { testDatabase } from '@tests/support/database';
import { makeGroup, makeUser, workAsNobody } from '@tests/support/factories';
import { describe, expect, test } from 'vitest';
import { isSetUpOpen, makeAdmin, setUp, setUpLink } from '@/features/set-up/first-admin.service';
import { writesOn } from '@/server/db/statements';
import { operatorUnit } from '@/server/operator';

const { db } = await testDatabase();
const person = { firstName: 'Ada', lastName: 'Lovelace', password: 'nine green bottles hang' };
const tokenOf = (link: string | null) => link?.split('/').at(-1) ?? '';

describe('the set-up link', () => {
  test('creates one System Admin, even if many people use it at the same time', async () => {
    const token = tokenOf(await setUpLink(writesOn(db)));
    const attempts = Array.from({ length: 10 }, (_, n) =>
      workAsNobody(db, (work) => setUp(work, { ...person, token, email: `ada${n}@example.com` as never })),
    );
    const results = await Promise.allSettled(attempts);
    expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(1);
    expect(await db.userRole.count()).toBe(1);
    expect(await setUpLink(writesOn(db))).toBeNull();
    expect(await isSetUpOpen(writesOn(db), token)).toBe(false);
  });

  test('is refused if any part of it is altered or it is too old', async () => {
    const token = tokenOf(await setUpLink(writesOn(db)));
    expect(await isSetUpOpen(writesOn(db), token)).toBe(true);
    for (let at = 0; at < token.length; at += 1) {
      const altered = token.slice(0, at) + (token[at] === '1' ? '2' : '1') + token.slice(at + 1);
      expect(await isSetUpOpen(writesOn(db), altered), `altered at ${at}`).toBe(false);
    }
    expect(await isSetUpOpen(writesOn(db), token.replace(/^\d+/, String(Date.now() - 1000)))).toBe(false);
  });

  test('refuses a password that is easy to guess', async () => {
    const token = tokenOf(await setUpLink(writesOn(db)));
    const input = { ...person, token, email: 'ada@example.com' as never, password: 'short' };
    await expect(workAsNobody(db, (work) => setUp(work, input))).rejects.toMatchObject({ field: 'password' });
    expect(await db.user.count()).toBe(0);
  });
});

test('there is no set-up link if somebody has the role only through a group', async () => {
  const token = tokenOf(await setUpLink(writesOn(db)));
  const { id } = await makeUser(db);
  await makeGroup(db, { roles: ['system-admin'], members: [id] });
  expect(await setUpLink(writesOn(db))).toBeNull();
  expect(await isSetUpOpen(writesOn(db), token)).toBe(false);
});

test('create-admin creates an account and prints a link to set its password', async () => {
  const link = await operatorUnit('create-admin', (work) => makeAdmin(work, 'Grace@Example.com'));
  expect(link).toMatch(/\/reset-password\/[\w-]{43}$/);
  const grace = await db.user.findUniqueOrThrow({ where: { email: 'grace@example.com' }, include: { roles: true } });
  expect(grace.roles).toHaveLength(1);
  expect(await db.auditEvent.findFirst({ where: { subjectId: grace.id } })).toMatchObject({ actorKind: 'operator' });
  await expect(operatorUnit('create-admin', (work) => makeAdmin(work, 'not-an-address'))).rejects.toThrow();
});

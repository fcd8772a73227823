import { testDatabase } from '@tests/support/database';
import { canAs, makeMember, makeOrganization, makeUser, workAs } from '@tests/support/factories';
import { linkOf, readOutbox } from '@tests/support/mail';
import { makePerson, requestFrom, testPassword } from '@tests/support/sign-in';
import { describe, expect, test } from 'vitest';
import { findReset } from '@/features/account/password-reset.service';
import { getUser } from '@/features/users/details.queries';
import { findAccountActions } from '@/features/users/obstacles.queries';
import { findLockOf } from '@/features/users/sign-in-help.queries';
import { sendPasswordReset, unlockByAddress, unlockUser } from '@/features/users/sign-in-help.service';
import { signInLimits } from '@/lib/limits';
import { signIn } from '@/server/auth/sign-in';
import { readsOn } from '@/server/db/statements';
import type { FailCode } from '@/server/fail';
import { operatorUnit } from '@/server/operator';
import type { Work } from '@/server/work';
import '@/handlers';

const { db, owner } = await testDatabase();

type HelpWork = Work<'users.reset-password'>;
const unlock = (actorId: string, id: string) => workAs(db, actorId, (work: HelpWork) => unlockUser(work, id));
const send = (actorId: string, id: string) => workAs(db, actorId, (work: HelpWork) => sendPasswordReset(work, id));
const refused = (code: FailCode) => ({ code });

let sources = 0;
const attempt = (email: string, password: string, device: string | null = null) => {
  sources += 1;
  return signIn({ email, password, device }, requestFrom(`198.51.100.${sources % 250}`));
};

async function lockOut(email: string) {
  for (let n = 0; n < signInLimits.failuresPerAccount; n += 1) await attempt(email, 'wrong');
}

const systemAdmin = () => makeUser(db, { roles: ['system-admin'] });

/** What the page of a person says about their sign-in to this reader. */
async function shown(readerId: string, id: string) {
  const can = await canAs<'users.read'>(db, readerId);
  const { passwordReset: help } = await findAccountActions(can, id);
  return { lock: await findLockOf(can, await getUser(can, id)), help };
}

/** A member of one organization who has a password and a confirmed address. */
async function member(organizationId: string, roles: string[] = ['viewer']) {
  const person = await makePerson(db);
  await makeMember(db, { userId: person.id, organizationId, roles });
  await db.user.update({ where: { id: person.id }, data: { emailVerifiedAt: new Date() } });
  return person;
}

describe('a locked sign-in', () => {
  test('is shown until when and after how many wrong passwords, and ends by Unlock', async () => {
    const admin = await systemAdmin();
    const person = await makePerson(db);
    expect((await shown(admin.id, person.id)).lock).toBeNull();
    await lockOut(person.email);
    const { lock, help } = await shown(admin.id, person.id);
    expect(lock?.failures).toBe(5);
    expect(lock?.until?.getTime()).toBeGreaterThan(Date.now() + 30_000);
    expect(help).toEqual({ obstacle: null });
    expect(await attempt(person.email, testPassword)).toBeNull();
    await unlock(admin.id, person.id);
    expect((await shown(admin.id, person.id)).lock).toBeNull();
    expect(await attempt(person.email, testPassword)).not.toBeNull();
    const event = await db.auditEvent.findFirstOrThrow({ where: { action: 'user.unlocked' } });
    expect(event).toMatchObject({ actorId: admin.id, subjectId: person.id });
    const detail = await db.auditDetail.findUniqueOrThrow({ where: { eventId: event.id } });
    expect(detail.body).toMatchObject({ before: { failures: 5, lockedUntil: lock?.until?.toISOString() } });
  });

  test('after a hundred wrong passwords in a row it ends only by Unlock or a new password', async () => {
    const admin = await systemAdmin();
    const person = await makePerson(db);
    await lockOut(person.email);
    await owner.query(
      `UPDATE throttle SET failures = 100, blocked_until = app_now() + interval '1 year' WHERE key LIKE 'sign-in-row:%'`,
    );
    expect((await shown(admin.id, person.id)).lock).toEqual({ until: null, failures: 100 });
    await unlock(admin.id, person.id);
    expect(await attempt(person.email, testPassword)).not.toBeNull();
  });

  test('is not shown any more once the delay is over', async () => {
    const admin = await systemAdmin();
    const person = await makePerson(db);
    await lockOut(person.email);
    await owner.query(`UPDATE throttle SET blocked_until = app_now() - interval '1 second'`);
    expect((await shown(admin.id, person.id)).lock).toBeNull();
    await expect(unlock(admin.id, person.id)).rejects.toMatchObject(refused('user.not_locked'));
  });

  test('cannot be used to go on guessing', async () => {
    const admin = await systemAdmin();
    const person = await makePerson(db);
    for (let n = 0; n < 5; n += 1) {
      await lockOut(person.email);
      await unlock(admin.id, person.id);
    }
    await lockOut(person.email);
    await expect(unlock(admin.id, person.id)).rejects.toMatchObject({ code: 'too_many' });
  });

  test('is shown to an Org Admin for managed people only, who are also the only ones they unlock', async () => {
    const [acme, other] = [await makeOrganization(db), await makeOrganization(db)];
    const orgAdmin = await makeMember(db, { organizationId: acme.id, roles: ['org-admin'] });
    const [own, shared, foreign] = [await member(acme.id), await member(acme.id), await member(other.id)];
    await makeMember(db, { userId: shared.id, organizationId: other.id });
    for (const { email } of [own, shared, foreign]) await lockOut(email);
    expect((await shown(orgAdmin.id, own.id)).lock?.failures).toBe(5);
    expect(await shown(orgAdmin.id, shared.id)).toEqual({ lock: null, help: { obstacle: 'not_managed' } });
    await expect(unlock(orgAdmin.id, shared.id)).rejects.toMatchObject(refused('user.not_managed'));
    await expect(unlock(orgAdmin.id, foreign.id)).rejects.toMatchObject(refused('not_found'));
    await unlock(orgAdmin.id, own.id);
    const event = await db.auditEvent.findFirstOrThrow({ where: { action: 'user.unlocked' } });
    expect(event.organizationId).toBe(acme.id);
  });

  test('of somebody with the same rank is shown without Unlock', async () => {
    const acme = await makeOrganization(db);
    const orgAdmin = await makeMember(db, { organizationId: acme.id, roles: ['org-admin'] });
    const peer = await member(acme.id, ['org-admin']);
    await lockOut(peer.email);
    expect(await shown(orgAdmin.id, peer.id)).toMatchObject({ lock: { failures: 5 }, help: { obstacle: 'outranked' } });
    await expect(unlock(orgAdmin.id, peer.id)).rejects.toMatchObject(refused('user.outranks'));
  });

  test('is shown to an auditor, who may not unlock', async () => {
    const auditor = await makeUser(db, { roles: ['auditor'] });
    const person = await makePerson(db);
    await lockOut(person.email);
    expect(await shown(auditor.id, person.id)).toMatchObject({ lock: { failures: 5 }, help: null });
  });

  test('does not concern a device they signed in on before', async () => {
    const admin = await systemAdmin();
    const person = await makePerson(db);
    const first = await attempt(person.email, testPassword);
    await lockOut(person.email);
    expect((await shown(admin.id, person.id)).lock).not.toBeNull();
    expect(await attempt(person.email, testPassword, first?.device)).not.toBeNull();
  });

  test('is unlocked by an operator too, and the audit log says so', async () => {
    const person = await makePerson(db);
    await lockOut(person.email);
    await operatorUnit('unlock', (work) => unlockByAddress(work, ` ${person.email.toUpperCase()}`));
    expect(await attempt(person.email, testPassword)).not.toBeNull();
    expect(await db.auditEvent.findFirstOrThrow({ where: { action: 'user.unlocked' } })).toMatchObject({
      actorKind: 'operator',
      actorId: null,
      subjectId: person.id,
    });
    const again = operatorUnit('unlock', (work) => unlockByAddress(work, person.email));
    await expect(again).rejects.toMatchObject(refused('user.not_locked'));
    await expect(operatorUnit('unlock', (work) => unlockByAddress(work, 'nobody@acme.example'))).rejects.toThrow(
      /no account/,
    );
  });
});

describe('sending a password reset', () => {
  const confirmed = (id: string) => db.user.update({ where: { id }, data: { emailVerifiedAt: new Date() } });

  test('mails a working link to the person, ends earlier ones, and is audited without the link', async () => {
    const admin = await systemAdmin();
    const person = await makePerson(db);
    await confirmed(person.id);
    await send(admin.id, person.id);
    await send(admin.id, person.id);
    const mails = await readOutbox(db, { to: person.email });
    expect(mails.map(({ template }) => template)).toEqual(['password-reset', 'password-reset']);
    const [older, newer] = mails.map(({ link }) => link?.split('/').at(-1) ?? '');
    expect(await findReset(readsOn(db), older ?? '')).toBeNull();
    expect((await findReset(readsOn(db), newer ?? ''))?.user_id).toBe(person.id);
    expect(mails[1]?.text).toContain(`${admin.firstName} ${admin.lastName} sent you this link`);
    const events = await db.auditEvent.findMany({ where: { action: 'password.reset_sent' } });
    expect(events.map(({ actorId, subjectId }) => [actorId, subjectId])).toEqual(Array(2).fill([admin.id, person.id]));
    const details = JSON.stringify(await db.auditDetail.findMany());
    expect(details).not.toContain(newer);
    expect(linkOf(details)).toBeNull();
  });

  test('leaves the password, the sessions and a lock as they are', async () => {
    const admin = await systemAdmin();
    const person = await makePerson(db);
    await confirmed(person.id);
    const before = await db.credential.findUniqueOrThrow({ where: { userId: person.id } });
    await send(admin.id, person.id);
    expect(await db.credential.findUniqueOrThrow({ where: { userId: person.id } })).toEqual(before);
    expect(await attempt(person.email, testPassword)).not.toBeNull();
  });

  test.each([
    ['invited', /Resend the invitation/],
    ['inactive', /Reactivate them first/],
    ['archived', /archived/],
  ] as const)('is refused for somebody %s, with what to do instead', async (status, words) => {
    const admin = await systemAdmin();
    const person = await makePerson(db, { status });
    await confirmed(person.id);
    await expect(send(admin.id, person.id)).rejects.toMatchObject({ words: expect.stringMatching(words) });
    expect(await db.email.count()).toBe(0);
  });

  test('is refused for an address that nobody confirmed', async () => {
    const admin = await systemAdmin();
    const person = await makePerson(db, { hasConfirmedEmail: false });
    await expect(send(admin.id, person.id)).rejects.toMatchObject({ words: expect.stringMatching(/confirmed/) });
  });

  test('is refused beyond the scope, for unmanaged people and for equals', async () => {
    const [acme, other] = [await makeOrganization(db), await makeOrganization(db)];
    const orgAdmin = await makeMember(db, { organizationId: acme.id, roles: ['org-admin'] });
    const [own, peer] = [await member(acme.id), await member(acme.id, ['org-admin'])];
    const [shared, foreign] = [await member(acme.id), await member(other.id)];
    await makeMember(db, { userId: shared.id, organizationId: other.id });
    await send(orgAdmin.id, own.id);
    await expect(send(orgAdmin.id, peer.id)).rejects.toMatchObject(refused('user.outranks'));
    await expect(send(orgAdmin.id, shared.id)).rejects.toMatchObject(refused('user.not_managed'));
    await expect(send(orgAdmin.id, foreign.id)).rejects.toMatchObject(refused('not_found'));
    await expect(send(orgAdmin.id, orgAdmin.id)).rejects.toMatchObject(refused('user.self'));
    expect((await db.email.findMany()).map(({ toAddress }) => toAddress)).toEqual([own.email]);
  });

  test('is limited for each person, whoever asks; what a stranger asked for does not count', async () => {
    const [admin, second] = [await systemAdmin(), await systemAdmin()];
    const person = await makePerson(db);
    await confirmed(person.id);
    await owner.query(`INSERT INTO throttle (key, failures, window_start, blocked_until)
      SELECT 'password-help-account:' || n, 9, app_now(), app_now() + interval '1 hour' FROM generate_series(1, 3) n`);
    for (let n = 0; n < 5; n += 1) await send(n % 2 ? admin.id : second.id, person.id);
    await expect(send(admin.id, person.id)).rejects.toMatchObject({ code: 'too_many' });
    expect(await db.email.count()).toBe(5);
  });
});

import { testDatabase } from '@tests/support/database';
import { canAs, makeMember, makeUser, roleId, workAs } from '@tests/support/factories';
import { readOutbox } from '@tests/support/mail';
import { makePerson, testPassword } from '@tests/support/sign-in';
import { expect, test } from 'vitest';
import { answerHelpRequest } from '@/features/account/password-reset.service';
import { findConsentRequest } from '@/features/users/email-change/consent.queries';
import {
  findChangeByToken,
  findOwnPendingChange,
  findPendingChange,
} from '@/features/users/email-change/pending.queries';
import { isConsentLinkCurrent } from '@/features/users/email-change/pending.service';
import { cancelOwnEmailChange, requestOwnEmailChange } from '@/features/users/email-change/request.service';
import { hashToken } from '@/server/auth/session';
import { writesOn } from '@/server/db/statements';
import type { Work } from '@/server/work';
import { refuses } from '../users.support';
import { addressOf, changes, systemTools } from './email-change.support';

const { db } = await testDatabase();
const { request, resend, cancel, confirm, token, agree, stop, applyDue, endWait, consentToken } = changes(db);

const emailOf = async (id: string) => (await db.user.findUniqueOrThrow({ where: { id } })).email;
const actionsOn = async (subjectId: string) =>
  (await db.auditEvent.findMany({ where: { subjectId }, orderBy: { seq: 'asc' } })).map(({ action }) => action);
const hours = 60 * 60 * 1000;

let houses = 0;

/** An org admin and a member whose account they manage. */
async function makeHouse() {
  houses += 1;
  const admin = await makeMember(db, { firstName: 'Olga', lastName: 'Admin', roles: ['org-admin'] });
  const person = await makeMember(db, { organizationId: admin.organizationId, email: `old-${houses}@example.com` });
  return { admin, person, wanted: `new-${houses}@example.com` };
}

/** A change by an org admin that the new address has confirmed. */
async function makeWaiting() {
  const house = await makeHouse();
  await request(house.admin.id, house.person.id, house.wanted);
  expect(await confirm(await token(house.person.id))).toBe('waiting');
  return { ...house, link: await consentToken(house.person.id) };
}

test('an org admin’s change waits 72 hours after the new address confirmed, then takes effect by itself', async () => {
  const { admin, person, wanted } = await makeHouse();
  await request(admin.id, person.id, wanted);
  const confirmation = await token(person.id);
  expect(await confirm(confirmation)).toBe('waiting');
  expect(await emailOf(person.id)).toBe(person.email);
  const change = await db.emailChange.findFirstOrThrow({ where: { userId: person.id } });
  expect(Number(change.takesEffectAt) - Number(change.confirmedAt)).toBe(72 * hours);
  expect(await findChangeByToken(writesOn(db), confirmation)).toMatchObject({ state: 'waiting' });

  await applyDue();
  // Nobody can object to what they have not been told.
  await endWait(person.id, { isTold: false });
  await applyDue();
  expect(await emailOf(person.id)).toBe(person.email);
  await endWait(person.id);
  await applyDue();
  expect(await db.user.findUniqueOrThrow({ where: { id: person.id } })).toMatchObject({ email: wanted, version: 2 });
  expect(await actionsOn(person.id)).toEqual([
    'user.email_change_requested',
    'user.email_change_confirmed',
    'user.email_changed',
  ]);
});

test('while it waits, links for a new password go to the current address', async () => {
  const { person } = await makeWaiting();
  await db.credential.create({ data: { userId: person.id, passwordHash: 'kept' } });
  await systemTools(db).unit((work) => answerHelpRequest(work, person.id, false));
  const [email] = await db.email.findMany({ where: { template: 'password-reset', userId: person.id } });
  expect(email?.toAddress).toBe(person.email);
});

test('the current address agrees, before or after the new one confirms, and the change takes effect at once', async () => {
  const first = await makeWaiting();
  expect(await agree(first.link)).toBe('changed');
  expect(await emailOf(first.person.id)).toBe(first.wanted);
  await refuses(stop(first.link), 'email_change.ended');

  const { admin, person, wanted } = await makeHouse();
  await request(admin.id, person.id, wanted);
  expect(await agree(await consentToken(person.id))).toBe('agreed');
  expect(await emailOf(person.id)).toBe(person.email);
  expect(await confirm(await token(person.id))).toBe('confirmed');
  expect(await emailOf(person.id)).toBe(wanted);
});

test('the current address stops it, before or after the new one confirms, and the request is over', async () => {
  const { admin, person, wanted, link } = await makeWaiting();
  await stop(link);
  expect(await findConsentRequest(writesOn(db), link)).toMatchObject({ state: 'ended' });
  expect(await actionsOn(person.id)).toContain('user.email_change_stopped');
  await endWait(person.id);
  await applyDue();
  await refuses(agree(link), 'email_change.ended');
  await refuses(stop(link), 'email_change.ended');
  expect(await emailOf(person.id)).toBe(person.email);

  await request(admin.id, person.id, wanted);
  const confirmation = await token(person.id);
  await stop(await consentToken(person.id));
  await refuses(confirm(confirmation), 'email_change.expired');
  for (const made of ['', 'x'.repeat(43), "' OR true --"]) await refuses(stop(made), 'email_change.ended');
});

test('the mail to the current address says who asked, until when it can be stopped, and carries the link', async () => {
  const { person, wanted, link } = await makeWaiting();
  const [asked, confirmed, ...more] = await readOutbox(db, { to: person.email });
  expect(more).toEqual([]);
  for (const mail of [asked, confirmed]) {
    expect(mail?.text).toContain('Olga Admin asked');
    expect(mail?.text).not.toContain(wanted);
    expect(mail?.link).toMatch(new RegExp(`/email-change/${link}$`));
  }
  const { takesEffectAt } = await db.emailChange.findFirstOrThrow({ where: { userId: person.id } });
  expect(confirmed?.text).toContain(`${takesEffectAt?.toISOString().slice(0, 16).replace('T', ' ')} UTC`);
  const [toNew] = await readOutbox(db, { to: wanted });
  expect(toNew?.text).toContain('72 hours after you confirm');
  expect(await systemTools(db).unit((work) => isConsentLinkCurrent(work, hashToken(link)))).toBe(true);
  expect(JSON.stringify(await db.email.findMany())).not.toContain(link);
});

test('a change by the person or by a System Admin does not wait, and the current address is told', async () => {
  const ada = await makeUser(db, { roles: ['system-admin'] });
  const { person, wanted } = await makeHouse();
  await request(ada.id, person.id, wanted);
  const [told] = await readOutbox(db, { to: person.email });
  expect(told?.text).not.toContain('/email-change/');
  expect(await confirm(await token(person.id))).toBe('confirmed');

  const robin = await makePerson(db);
  await workAs(db, robin.id, (work: Work<'account.own'>) =>
    requestOwnEmailChange(work, { email: addressOf('own@example.com'), currentPassword: testPassword }),
  );
  expect((await readOutbox(db, { to: robin.email })).map(({ template }) => template)).toEqual(['email-change-asked']);
  expect(await confirm(await token(robin.id))).toBe('confirmed');
});

test('a System Admin who is one no longer when the new address confirms gets no shortcut', async () => {
  const { admin, person, wanted } = await makeHouse();
  const role = await roleId(db, 'system-admin');
  await db.userRole.create({ data: { userId: admin.id, roleId: role } });
  await request(admin.id, person.id, wanted);
  await db.userRole.deleteMany({ where: { userId: admin.id } });
  expect(await confirm(await token(person.id))).toBe('waiting');
  const mails = await readOutbox(db, { to: person.email });
  expect(mails.map(({ template }) => template)).toEqual(['email-change-asked', 'email-change-consent']);
});

test('an org admin who resends somebody else’s request makes it wait, and the current address gets its link', async () => {
  const ada = await makeUser(db, { roles: ['system-admin'] });
  const { admin, person, wanted } = await makeHouse();
  await request(ada.id, person.id, wanted);
  await resend(admin.id, person.id);
  const mails = await readOutbox(db, { to: person.email });
  expect(mails.map(({ template }) => template)).toEqual(['email-change-asked', 'email-change-consent']);
  expect(await confirm(await token(person.id))).toBe('waiting');
  // A confirmed change is not sent again: that would end or move its time.
  const before = await db.emailChange.findFirstOrThrow({ where: { userId: person.id, endedAt: null } });
  await refuses(resend(admin.id, person.id), 'email_change.waiting');
  await refuses(resend(ada.id, person.id), 'email_change.waiting');
  expect(await db.emailChange.findFirstOrThrow({ where: { userId: person.id, endedAt: null } })).toEqual(before);
});

test('a second request begins anew: it needs its own confirmation and its own 72 hours', async () => {
  const { admin, person, wanted, link } = await makeWaiting();
  await endWait(person.id);
  await request(admin.id, person.id, wanted);
  await applyDue();
  expect(await emailOf(person.id)).toBe(person.email);
  await refuses(stop(link), 'email_change.ended');
  expect(await confirm(await token(person.id))).toBe('waiting');
  const open = await db.emailChange.findFirstOrThrow({ where: { userId: person.id, endedAt: null } });
  expect(Number(open.takesEffectAt)).toBeGreaterThan(Date.now() + 71 * hours);
});

test('the org admin and the person can cancel a change that waits', async () => {
  const first = await makeWaiting();
  await cancel(first.admin.id, first.person.id);
  const second = await makeWaiting();
  await workAs(db, second.person.id, (work: Work<'account.own'>) => cancelOwnEmailChange(work));
  for (const { person, link } of [first, second]) {
    await refuses(agree(link), 'email_change.ended');
    await endWait(person.id);
    await applyDue();
    expect(await emailOf(person.id)).toBe(person.email);
  }
});

test('when it is due, the requester’s right, the status and the address are checked again', async () => {
  for (const lose of ['role', 'requester', 'member', 'archived', 'address'] as const) {
    const { admin, person, wanted } = await makeWaiting();
    if (lose === 'role') await db.membershipRole.deleteMany({ where: { userId: admin.id } });
    if (lose === 'requester') await db.user.update({ where: { id: admin.id }, data: { status: 'inactive' } });
    if (lose === 'member') await db.membership.deleteMany({ where: { userId: person.id } });
    if (lose === 'archived')
      await db.user.update({
        where: { id: person.id },
        data: { status: 'archived', archivedAt: new Date(), archivedStatus: 'active' },
      });
    if (lose === 'address') await makeUser(db, { email: wanted });
    await endWait(person.id);
    await applyDue();
    expect(await emailOf(person.id), lose).toBe(person.email);
    expect(await db.emailChange.count({ where: { userId: person.id, endedAt: null } }), lose).toBe(0);
    const event = await db.auditEvent.findFirstOrThrow({
      where: { subjectId: person.id, action: 'user.email_change_cancelled' },
    });
    const detail = await db.auditDetail.findUniqueOrThrow({ where: { eventId: event.id } });
    // The same words for every cause: an org admin must not learn that the address has an account elsewhere.
    expect(detail.body).toMatchObject({ reason: 'It could no longer take effect' });
  }
});

test('one that cannot take effect holds up no other, and both people are told at both addresses', async () => {
  const all = [await makeWaiting(), await makeWaiting(), await makeWaiting()] as const;
  await makeUser(db, { email: all[0].wanted });
  for (const { person } of all) await endWait(person.id);
  await applyDue();
  for (const { person, wanted } of all.slice(1)) {
    expect(await emailOf(person.id)).toBe(wanted);
    const told = await db.email.findMany({ where: { template: 'email-changed', userId: person.id } });
    expect(told.map(({ toAddress }) => toAddress).sort()).toEqual([wanted, person.email].sort());
  }
});

test('the pages show what waits, until when and who asked, to the admin and to the person', async () => {
  const { admin, person, wanted } = await makeWaiting();
  const { takesEffectAt } = await db.emailChange.findFirstOrThrow({ where: { userId: person.id } });
  const shown = { email: wanted, isExpired: false, takesEffectAt, requesterName: 'Olga Admin', hasAgreed: false };
  const can = await canAs<'users.read'>(db, admin.id);
  // The link to the new address is over by then, the change is not.
  await db.emailChange.updateMany({
    where: { userId: person.id },
    data: { expiresAt: new Date(Date.now() - 2 * 24 * hours) },
  });
  expect(await findPendingChange(can, { ...person, isManaged: true })).toMatchObject(shown);
  expect(await findOwnPendingChange(await canAs<'account.own'>(db, person.id))).toMatchObject(shown);
});

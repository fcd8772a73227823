import { testDatabase } from '@tests/support/database';
import { canAs, makeMember, makeUser, workAs } from '@tests/support/factories';
import { readOutbox } from '@tests/support/mail';
import { makePerson, testPassword } from '@tests/support/sign-in';
import { expect, test } from 'vitest';
import { listAuditEvents } from '@/features/audit/list.queries';
import { auditFilterSchema } from '@/features/audit/list.schema';
import { getEmail } from '@/features/emails/details.queries';
import { listEmails } from '@/features/emails/list.queries';
import { readEmailFilter } from '@/features/emails/list.schema';
import { getUser } from '@/features/users/details.queries';
import { findOwnPendingChange, findPendingChange } from '@/features/users/email-change/pending.queries';
import { requestOwnEmailChange } from '@/features/users/email-change/request.service';
import type { Work } from '@/server/work';
import { refuses } from '../users.support';
import { addressOf, changes } from './email-change.support';

const { db } = await testDatabase();
const { request, resend, cancel, confirm, token } = changes(db);

type Seen = 'users.read' | 'emails.read' | 'audit.read';

/** Everything an org admin sees after requesting this address, without ids, times and the address itself. */
async function seenAfterRequesting(email: string) {
  const orgAdmin = await makeMember(db, { firstName: 'Olga', lastName: 'Admin', roles: ['org-admin'] });
  const person = await makeMember(db, {
    organizationId: orgAdmin.organizationId,
    firstName: 'Lin',
    lastName: 'Person',
  });
  const answer = await request(orgAdmin.id, person.id, email);
  await resend(orgAdmin.id, person.id);
  const can = await canAs<Seen>(db, orgAdmin.id);
  const { rows } = await listEmails(can, readEmailFilter({}));
  const seen = {
    answer,
    pending: await findPendingChange(can, await getUser(can, person.id)),
    person: await getUser(can, person.id),
    rows,
    opened: await Promise.all(rows.map(({ id }) => getEmail(can, id))),
    audit: await listAuditEvents(can, auditFilterSchema.parse({})),
    details: await db.auditDetail.findMany({ where: { personId: person.id }, select: { body: true } }),
    cancelled: await cancel(orgAdmin.id, person.id),
    after: await findPendingChange(can, await getUser(can, person.id)),
  };
  return JSON.stringify(seen, (_key, value: unknown) => (typeof value === 'bigint' ? 'SEQ' : value))
    .replaceAll(email, 'ADDRESS')
    .replaceAll(person.email, 'PERSON')
    .replaceAll(orgAdmin.email, 'ORG_ADMIN')
    .replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, 'ID')
    .replace(/Organization \w+|org-[0-9a-f]+/g, 'ORGANIZATION')
    .replace(/\d{4}-\d\d-\d\dT[\d:.]+(Z|\+00:00)/g, 'TIME');
}

test('an address with an account elsewhere looks to an org admin exactly like a new one', async () => {
  const there = [
    await makeMember(db, { email: 'elsewhere@example.com', firstName: 'Secret', lastName: 'Name' }),
    await makeUser(db, { email: 'platform@example.com', roles: ['system-admin'] }),
    await makeUser(db, { email: 'invited@example.com', status: 'invited' }),
    await makeUser(db, { email: 'archived@example.com', status: 'archived' }),
  ];
  const fresh = await seenAfterRequesting('nobody.yet@example.com');
  expect(fresh).toContain('"isExpired":false');
  expect(fresh).toContain('Lin');
  for (const { id, email } of there) {
    const before = await db.user.findUniqueOrThrow({ where: { id } });
    expect(await seenAfterRequesting(email), email).toBe(fresh);
    expect(await db.user.findUnique({ where: { id } })).toEqual(before);
  }
});

test('the owner of a requested address gets an email without link or name, and no account is taken over', async () => {
  const other = await makeMember(db, { email: 'taken@example.com' });
  const orgAdmin = await makeMember(db, { firstName: 'Olga', lastName: 'Admin', roles: ['org-admin'] });
  const person = await makeMember(db, {
    organizationId: orgAdmin.organizationId,
    firstName: 'Lin',
    lastName: 'Person',
  });
  await request(orgAdmin.id, person.id, other.email);
  const [mail, ...more] = await readOutbox(db, { to: other.email });
  expect(more).toEqual([]);
  expect(mail?.subject).toBe('Somebody entered your address for another Rollcall account');
  expect(`${mail?.html} ${mail?.text}`).not.toMatch(/confirm-email|Olga|Lin|Person/);
  // The link was mailed to nobody, and would not work either.
  await refuses(confirm(await token(person.id)), 'email_change.taken');
  expect(await db.user.findUniqueOrThrow({ where: { id: other.id } })).toMatchObject({
    email: other.email,
    version: 1,
  });
  expect(await db.user.findUniqueOrThrow({ where: { id: person.id } })).toMatchObject({ email: person.email });
});

test('a requester who can see the other account or invitation learns that the address is taken', async () => {
  const orgAdmin = await makeMember(db, { roles: ['org-admin'] });
  const { organizationId } = orgAdmin;
  const person = await makeMember(db, { organizationId });
  const colleague = await makeMember(db, { organizationId });
  const invited = await makeUser(db, { status: 'invited' });
  const ada = await makeUser(db, { roles: ['system-admin'] });
  await db.invitation.create({
    data: {
      id: invited.id,
      userId: invited.id,
      organizationId,
      tokenHash: new Uint8Array(32),
      email: invited.email,
      expiresAt: new Date(Date.now() + 60_000),
    },
  });
  await refuses(request(orgAdmin.id, person.id, colleague.email), 'user.exists');
  await refuses(request(orgAdmin.id, person.id, invited.email), 'user.exists');
  const stranger = await makeMember(db);
  await refuses(request(ada.id, person.id, stranger.email), 'user.exists');
});

function requestOwn(id: string, email: string, currentPassword = testPassword) {
  return workAs(db, id, (work: Work<'account.own'>) =>
    requestOwnEmailChange(work, { email: addressOf(email), currentPassword }),
  );
}

test('people change their own address with their password and learn nothing about other accounts', async () => {
  const robin = await makePerson(db);
  const other = await makeUser(db, { email: 'taken@example.com' });
  expect(await requestOwn(robin.id, 'new@example.com', 'a wrong guess at it')).toEqual({ refused: 'password.wrong' });
  expect(await db.emailChange.count()).toBe(0);
  expect(await db.auditEvent.count({ where: { action: 'user.email_change_refused' } })).toBe(1);

  expect(await requestOwn(robin.id, other.email)).toEqual({});
  const taken = await findOwnPendingChange(await canAs<'account.own'>(db, robin.id));
  expect(taken).toMatchObject({ email: other.email, isExpired: false });
  expect(await requestOwn(robin.id, 'new@example.com')).toEqual({});
  const [mail] = await readOutbox(db, { to: 'new@example.com' });
  expect(mail?.text).toContain('You asked to sign in');
  expect(await confirm(await token(robin.id))).toBe('confirmed');
  expect(await db.user.findUniqueOrThrow({ where: { id: robin.id } })).toMatchObject({ email: 'new@example.com' });
});

test('wrong guesses at one’s own password are limited', async () => {
  const robin = await makePerson(db);
  for (let n = 0; n < 5; n += 1) await requestOwn(robin.id, 'new@example.com', 'a wrong guess at it');
  expect(await requestOwn(robin.id, 'new@example.com')).toEqual({ refused: 'too_many' });
  expect(await db.emailChange.count()).toBe(0);
});

test('an email-change link dies when the person is deactivated', async () => {
  const robin = await makePerson(db);
  await requestOwn(robin.id, 'new@example.com');
  const link = await token(robin.id);
  await db.user.update({ where: { id: robin.id }, data: { status: 'inactive' } });
  expect(await confirm(link)).toBe('withdrawn');
});

import { testDatabase } from '@tests/support/database';
import { canAs, makeMember, makeOrganization, workAs } from '@tests/support/factories';
import { makePerson, requestFrom, testPassword } from '@tests/support/sign-in';
import { describe, expect, test } from 'vitest';
import { passwordResetLink } from '@/features/account/password.schema';
import { writePersonalData } from '@/features/account/personal-data.queries';
import { allowExport } from '@/features/account/personal-data.service';
import { invitationLink } from '@/features/invitations/send.schema';
import { emailChangeLink } from '@/features/users/email-change/request.schema';
import { newId } from '@/lib/ids';
import { linkHash, linkToken } from '@/server/auth/links';
import { startSession } from '@/server/auth/session';
import { signIn } from '@/server/auth/sign-in';
import { writesOn } from '@/server/db/statements';

const { db } = await testDatabase();

async function fileOf(userId: string) {
  let text = '';
  for await (const piece of writePersonalData(await canAs(db, userId), new Date())) text += piece;
  return text;
}

async function personWithHistory() {
  const person = await makePerson(db, { email: 'robin@acme.example' });
  const acme = await makeOrganization(db, { name: 'Acme Corp' });
  await makeMember(db, { userId: person.id, organizationId: acme.id, roles: ['caseworker'] });
  await signIn({ email: person.email, password: 'wrong', device: null }, requestFrom('198.51.100.7'));
  const signedIn = await signIn({ email: person.email, password: testPassword, device: null }, requestFrom());
  const [invitation, reset] = [newId(), newId()];
  await db.invitation.create({
    data: {
      id: invitation,
      userId: person.id,
      organizationId: acme.id,
      tokenHash: linkHash(invitationLink, invitation, 1),
      email: person.email,
      message: 'Glad you are here',
      expiresAt: new Date(),
    },
  });
  await db.passwordReset.create({
    data: { id: reset, userId: person.id, tokenHash: linkHash(passwordResetLink, reset, 1), expiresAt: new Date() },
  });
  await db.email.create({
    data: {
      id: newId(),
      template: 'password-reset',
      params: { resetId: reset, version: 1, minutes: 30 },
      toAddress: person.email,
      userId: person.id,
      dedupeKey: newId(),
      messageId: newId(),
    },
  });
  return { person, token: signedIn?.token ?? '', device: signedIn?.device ?? '', invitation, reset };
}

describe('the personal data file', () => {
  test('is JSON and contains what Rollcall keeps about the person', async () => {
    const { person } = await personWithHistory();
    const file = JSON.parse(await fileOf(person.id));
    expect(file.profile).toMatchObject({ email: 'robin@acme.example', firstName: 'Robin', status: 'active' });
    expect(file.access).toMatchObject([{ organization: { name: 'Acme Corp' }, roles: [{ name: 'Caseworker' }] }]);
    expect(file.sessions.rows).toHaveLength(1);
    expect(file.signIns.rows.map((row: { result: string }) => row.result)).toEqual(['wrong_password', 'signed_in']);
    expect(file.invitations.rows).toMatchObject([{ organization: 'Acme Corp', message: 'Glad you are here' }]);
    expect(file.emails.rows).toMatchObject([{ template: 'password-reset', toAddress: 'robin@acme.example' }]);
    expect(file.passwordResets.rows).toHaveLength(1);
    expect(file.eventsAboutMe.rows).toMatchObject([
      { action: 'session.refused', by: 'anonymous' },
      { action: 'session.started', by: 'you', what: 'Signed in' },
    ]);
    expect(file.eventsByMe.rows).toMatchObject([{ action: 'session.started' }]);
  });

  test('contains no hash, token, link or device secret', async () => {
    const { person, token, device, invitation, reset } = await personWithHistory();
    const text = await fileOf(person.id);
    const { passwordHash } = await db.credential.findUniqueOrThrow({ where: { userId: person.id } });
    const hashes = [
      (await db.session.findFirstOrThrow({ where: { userId: person.id } })).tokenHash,
      linkHash(invitationLink, invitation, 1),
      linkHash(passwordResetLink, reset, 1),
    ].flatMap((hash) => [
      Buffer.from(hash).toString('hex'),
      Buffer.from(hash).toString('base64'),
      Buffer.from(hash).toString('base64url'),
    ]);
    const secrets = [
      passwordHash,
      token,
      device,
      linkToken(invitationLink, invitation, 1),
      linkToken(passwordResetLink, reset, 1),
    ];
    for (const secret of [...secrets, ...hashes]) {
      expect(secret.length).toBeGreaterThan(20);
      expect(text).not.toContain(secret);
    }
    expect(text).not.toMatch(/argon2|hash|token|"salt"/i);
  });

  test('shows what an admin did but not who the admin was', async () => {
    const { person } = await personWithHistory();
    const admin = await makeMember(db, { email: 'org-admin@acme.example', firstName: 'Beatrix' });
    await startSession(writesOn(db), admin.id, requestFrom('203.0.113.9'));
    await workAs<'users.deactivate', void>(db, admin.id, (work) =>
      work.audit({ action: 'user.deactivated', subject: { type: 'user', id: person.id }, reason: 'Beatrix said so' }),
    );
    const text = await fileOf(person.id);
    expect(JSON.parse(text).eventsAboutMe.rows.at(-1)).toMatchObject({
      action: 'user.deactivated',
      by: 'somebody else',
    });
    for (const word of ['org-admin@acme.example', 'Beatrix', admin.id, '203.0.113.9']) expect(text).not.toContain(word);
  });

  test('includes new addresses and emails stored under an invitation only', async () => {
    const { person, invitation } = await personWithHistory();
    await db.emailChange.create({
      data: {
        id: newId(),
        userId: person.id,
        email: 'new@acme.example',
        previous: person.email,
        requestedBy: person.id,
        tokenHash: linkHash(emailChangeLink, newId(), 1),
        confirmedAt: new Date(0),
        takesEffectAt: new Date(1000),
        expiresAt: new Date(Date.now() + 60_000),
      },
    });
    const mail = { template: 'invitation', params: {}, toAddress: person.email, toName: '', messageId: newId() };
    await db.email.create({
      data: { id: newId(), ...mail, dedupeKey: newId(), subjectType: 'invitation', subjectId: invitation },
    });
    const file = JSON.parse(await fileOf(person.id));
    expect(file.addressChanges.rows).toMatchObject([
      {
        email: 'new@acme.example',
        previous: person.email,
        confirmedAt: '1970-01-01T00:00:00.000Z',
        agreedAt: null,
        takesEffectAt: '1970-01-01T00:00:01.000Z',
      },
    ]);
    expect(file.emails.rows.map((row: { template: string }) => row.template)).toContain('invitation');
  });

  test('contains every row of a long history once', async () => {
    const { id, email } = await makePerson(db);
    const rows = Array.from({ length: 1201 }, () => ({ id: newId(), email, userId: id, result: 'throttled' as const }));
    await db.signInAttempt.createMany({ data: rows });
    const file = JSON.parse(await fileOf(id));
    expect(file.signIns.rows.map((row: { id: string }) => row.id)).toEqual(rows.map((row) => row.id).sort());
  });
});

describe('downloading it', () => {
  const request = (id: string, password: string) =>
    workAs<'account.own', string>(db, id, (work) => allowExport(work, password));

  test('needs the password and is in the audit log', async () => {
    const { id } = await makePerson(db);
    expect(await request(id, '')).toBe('wrong');
    expect(await request(id, 'seven quiet harbour')).toBe('wrong');
    expect(await request(id, testPassword)).toBe('allowed');
    const events = await db.auditEvent.findMany({ where: { subjectId: id }, orderBy: { seq: 'asc' } });
    expect(events.map(({ action }) => action)).toEqual([
      'account.export_refused',
      'account.export_refused',
      'account.exported',
    ]);
  });

  test('is refused after five wrong passwords', async () => {
    const { id } = await makePerson(db);
    for (let n = 0; n < 5; n += 1) expect(await request(id, `wrong ${n}`)).toBe('wrong');
    expect(await request(id, testPassword)).toBe('busy');
  });
});

import { testDatabase } from '@tests/support/database';
import { makeMember, makeUser, roleId, workAs } from '@tests/support/factories';
import { linkOf, startMailServer } from '@tests/support/mail';
import { afterAll, expect, test } from 'vitest';
import { cancelInvitation } from '@/features/invitations/cancel.service';
import { confirmInvitation } from '@/features/invitations/confirm.service';
import { remindInvitations } from '@/features/invitations/reminders.service';
import { resendInvitation } from '@/features/invitations/resend.service';
import { makeTools } from '@/server/handle';
import { drainOutbox } from '@/server/mail/drain';
import { inUnit } from '@/server/unit';
import { accept, events, invite, tokenOf } from './invitations.support';

const { db, owner } = await testDatabase();
const smtp = await startMailServer();
afterAll(() => smtp.close());

const request = { id: '0198f0a0-0000-7000-8000-000000000001', ip: null, userAgent: null, path: 'job:test' };

/** One run of the job, in batches of two so that batches are seen to end. */
async function remind(): Promise<void> {
  for (const which of ['last', 'first'] as const) {
    const run = () =>
      inUnit(
        (tx, ledger) => remindInvitations(makeTools(tx, { kind: 'system', id: null }, request, ledger), which, 2),
        {
          client: db,
          exempt: true,
        },
      );
    while ((await run()) >= 2);
  }
}

async function sendMails() {
  smtp.messages.length = 0;
  await drainOutbox({ smtpUrl: smtp.url, db });
  return smtp.messages.map(({ to, parsed }) => ({
    to: to[0],
    subject: parsed.subject ?? '',
    text: parsed.text ?? '',
    html: parsed.html ?? '',
  }));
}

/** Moves the invitation so that its link has this many hours left. */
async function leave(id: string, hours: number) {
  await owner.query(
    `UPDATE invitation SET expires_at = now() + make_interval(secs => $2::float8 * 3600), created_at = now() - interval '4 days' WHERE id = $1`,
    [id, hours],
  );
}

async function invited(given: Parameters<typeof invite>[2] = {}, hours = 24 * 3.9) {
  const admin = await makeMember(db, { roles: ['org-admin'] });
  const invitation = await invite(db, admin.id, { organizationId: admin.organizationId, roles: ['viewer'], ...given });
  await sendMails();
  await leave(invitation.id, hours);
  return { admin, invitation };
}

const reminders = () =>
  db.email.findMany({ where: { template: 'invitation-reminder' }, orderBy: { createdAt: 'asc' } });

test('an invited person is reminded once after three days and once on the last day, with the same link', async () => {
  const { invitation } = await invited({ email: 'slow@example.com', message: 'See you there.' }, 24 * 4.1);
  await remind();
  expect(await sendMails()).toEqual([]);
  await leave(invitation.id, 24 * 3.9);
  await remind();
  await remind();
  const [mail, ...more] = await sendMails();
  expect(more).toEqual([]);
  expect(mail).toMatchObject({
    to: 'slow@example.com',
    subject: expect.stringMatching(/is waiting for you at Organization/),
  });
  expect(linkOf(mail?.text ?? '')).toBe(`http://127.0.0.1:3000/activate/${tokenOf(invitation)}`);
  expect(mail?.html).toContain(tokenOf(invitation));
  expect(mail?.text).toContain('See you there.');
  await leave(invitation.id, 23);
  await remind();
  await remind();
  const [last, ...none] = await sendMails();
  expect(none).toEqual([]);
  expect(last?.subject).toMatch(/^Last day of your invitation to Organization/);
  expect(last?.text).toMatch(/The link works until .* UTC\./);
  expect(await accept(db, tokenOf(invitation))).toMatchObject({ kind: 'accepted' });
  const traces = await events(db, 'invitation.reminded');
  expect(traces.map(({ subjectId, actorKind }) => ({ subjectId, actorKind }))).toEqual(
    Array(2).fill({ subjectId: invitation.id, actorKind: 'system' }),
  );
  expect((await reminders()).map(({ subjectId }) => subjectId)).toEqual([invitation.id, invitation.id]);
});

test('after days without a running job, nobody gets two reminders on one day or one in the last hour', async () => {
  const before = (await reminders()).length;
  const { invitation } = await invited({}, 20);
  await remind();
  await remind();
  expect((await sendMails()).map(({ subject }) => subject.slice(0, 8))).toEqual(['Last day']);
  const between = await invited({ email: 'between@example.com' }, 40);
  await remind();
  expect(await sendMails()).toEqual([]);
  await leave(between.invitation.id, 0.9);
  await remind();
  expect(await sendMails()).toEqual([]);
  expect((await reminders()).length - before).toBe(1);
  expect(await db.invitation.findUniqueOrThrow({ where: { id: invitation.id } })).toMatchObject({ reminded: 2 });
});

test('resending starts the days again', async () => {
  const { admin, invitation } = await invited({}, 20);
  await remind();
  expect(await sendMails()).toHaveLength(1);
  await workAs<'users.invite', void>(db, admin.id, (work) => resendInvitation(work, invitation.id));
  await sendMails();
  await remind();
  expect(await sendMails()).toEqual([]);
  await leave(invitation.id, 24 * 3.5);
  await remind();
  const [mail] = await sendMails();
  expect(linkOf(mail?.text ?? '')).toContain(tokenOf({ id: invitation.id, version: 2 }));
});

test('no reminder is sent if an invitation did not arrive, is over, is on hold or cannot be accepted', async () => {
  const cases: Record<string, (id: string, userId: string, organizationId: string) => Promise<unknown>> = {
    queued: (id) => owner.query(`UPDATE invitation SET delivery = 'queued' WHERE id = $1`, [id]),
    failed: (id) => owner.query(`UPDATE invitation SET delivery = 'failed' WHERE id = $1`, [id]),
    bounced: (id) => owner.query(`UPDATE invitation SET delivery = 'bounced' WHERE id = $1`, [id]),
    held: (id) => owner.query(`UPDATE invitation SET held_since = now() WHERE id = $1`, [id]),
    accepted: (id) => owner.query(`UPDATE invitation SET state = 'accepted' WHERE id = $1`, [id]),
    expired: (id) => owner.query(`UPDATE invitation SET expires_at = now() - interval '1 minute' WHERE id = $1`, [id]),
    'address changed': (_id, userId) =>
      owner.query(`UPDATE "user" SET email = 'moved@example.com' WHERE id = $1`, [userId]),
    'organization inactive': (_id, _userId, place) =>
      owner.query(`UPDATE organization SET status = 'inactive' WHERE id = $1`, [place]),
  };
  for (const [name, change] of Object.entries(cases)) {
    const { invitation } = await invited({ email: `${name.replace(' ', '-')}@case.example` });
    await change(invitation.id, invitation.userId, invitation.organizationId ?? '');
    await remind();
    expect(await sendMails(), name).toEqual([]);
  }
  const { admin, invitation } = await invited({ email: 'cancelled@case.example' });
  await workAs<'users.invite', void>(db, admin.id, (work) => cancelInvitation(work, invitation.id));
  await remind();
  expect(await sendMails()).toEqual([]);
});

test('a deactivated account gets no reminder from the platform, but still gets one from an organization', async () => {
  const deactivate = (userId: string) => owner.query(`UPDATE "user" SET status = 'inactive' WHERE id = $1`, [userId]);
  const here = await invited({ email: 'here@case.example' });
  await deactivate(here.invitation.userId);
  const admin = await makeUser(db, { roles: ['system-admin'] });
  const onPlatform = await invite(db, admin.id, { email: 'platform@case.example', roles: ['author'] });
  await sendMails();
  await leave(onPlatform.id, 24 * 3.9);
  await deactivate(onPlatform.userId);
  await remind();
  expect((await sendMails()).map(({ to }) => to)).toEqual(['here@case.example']);
});

test('reminders stop when the sender may no longer grant it, and continue after confirmation', async () => {
  const root = await makeUser(db, { roles: ['system-admin'] });
  const { admin, invitation } = await invited({ email: 'on-hold@case.example' });
  await db.membershipRole.deleteMany({ where: { userId: admin.id } });
  await remind();
  await remind();
  expect(await sendMails()).toEqual([]);
  expect(await accept(db, tokenOf(invitation))).toMatchObject({ kind: 'on_hold' });
  await workAs<'users.invite', void>(db, root.id, (work) => confirmInvitation(work, invitation.id));
  await sendMails();
  await leave(invitation.id, 24 * 3.5);
  await remind();
  expect((await sendMails()).map(({ to }) => to)).toEqual(['on-hold@case.example']);
});

test('no reminder is sent if the sender lacks part of the access', async () => {
  const place = await makeMember(db, { roles: ['org-admin'] });
  const invitation = await invite(db, place.id, {
    organizationId: place.organizationId,
    roles: ['viewer'],
    email: 'part@case.example',
  });
  await sendMails();
  // The role has since gained a permission that an Org Admin does not have.
  const viewer = await roleId(db, 'viewer');
  await db.rolePermission.create({ data: { roleId: viewer, permission: 'memberships.create' } });
  await leave(invitation.id, 24 * 3.5);
  await remind();
  expect(await sendMails()).toEqual([]);
  await db.rolePermission.delete({
    where: { roleId_permission: { roleId: viewer, permission: 'memberships.create' } },
  });
});

test('workers running at once remind everybody only once', async () => {
  const admin = await makeMember(db, { roles: ['org-admin'] });
  for (let n = 0; n < 12; n += 1) {
    await invite(db, admin.id, {
      organizationId: admin.organizationId,
      roles: ['viewer'],
      email: `both${n}@case.example`,
    });
  }
  await sendMails();
  await owner.query(`UPDATE invitation SET expires_at = now() + interval '80 hours' WHERE email LIKE 'both%'`);
  await Promise.all([remind(), remind(), remind()]);
  const to = (await sendMails()).map((mail) => mail.to).filter((address) => address?.startsWith('both'));
  expect(to).toHaveLength(12);
  expect(new Set(to).size).toBe(12);
});

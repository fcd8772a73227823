import { testDatabase } from '@tests/support/database';
import { canAs, makeMember, makeUser, workAs } from '@tests/support/factories';
import { readOutbox } from '@tests/support/mail';
import { expect, test } from 'vitest';
import { listAuditEvents } from '@/features/audit/list.queries';
import { auditFilterSchema } from '@/features/audit/list.schema';
import { cancelInvitation } from '@/features/invitations/cancel.service';
import { getInvitation } from '@/features/invitations/details.queries';
import { invitationHistory } from '@/features/invitations/history.queries';
import { listInvitations } from '@/features/invitations/list.queries';
import { invitationFilterSchema } from '@/features/invitations/list.schema';
import { resendInvitation } from '@/features/invitations/resend.service';
import { invite } from './invitations.support';

const { db } = await testDatabase();

type Seen = 'users.invite' | 'invitations.read' | 'audit.read';

/** Everything an org admin can learn after inviting this address, without ids, times and the address itself. */
async function seenAfterInviting(email: string) {
  const admin = await makeMember(db, { firstName: 'Olga', lastName: 'Admin', roles: ['org-admin'] });
  const organization = await db.organization.update({
    where: { id: admin.organizationId },
    data: { name: `Same ${email.length}` },
  });
  const before = await db.email.count();
  const invitation = await invite(db, admin.id, {
    email,
    organizationId: organization.id,
    roles: ['viewer'],
    firstName: 'Typed',
    lastName: 'Name',
  });
  await workAs<'users.invite', void>(db, admin.id, (work) => resendInvitation(work, invitation.id));
  const can = await canAs<Seen>(db, admin.id);
  const list = await listInvitations(can, invitationFilterSchema.parse({}));
  const detail = await getInvitation(can, invitation.id);
  const history = await invitationHistory(can, invitation);
  const audit = await listAuditEvents(can, auditFilterSchema.parse({}));
  const mails = await readOutbox(db, { to: email });
  const rows = await db.email.findMany({ where: { toAddress: email } });
  await workAs<'users.invite', void>(db, admin.id, (work) => cancelInvitation(work, invitation.id));
  const after = await getInvitation(can, invitation.id);
  const auditAfter = await listAuditEvents(can, auditFilterSchema.parse({}));
  const seen = {
    list,
    detail,
    history,
    audit,
    mails: mails.map(({ subject, text }) => ({ subject, text: text.replace(/https?:\S+/g, 'LINK') })),
    mailCount: (await db.email.count()) - before,
    mailRows: rows.map(({ toName, userId, template, state }) => ({ toName, userId, template, state })),
    members: await db.membership.count({ where: { organizationId: organization.id } }),
    after,
    auditAfter,
  };
  return JSON.stringify(seen, (_key, value: unknown) => (typeof value === 'bigint' ? 'SEQ' : value))
    .replaceAll(email, 'ADDRESS')
    .replaceAll(admin.email, 'SENDER')
    .replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, 'ID')
    .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'TIME')
    .replaceAll(organization.slug, 'SLUG')
    .replaceAll(organization.name, 'ORGANIZATION');
}

test('an address that exists elsewhere looks exactly like a new one', async () => {
  const there = [
    await makeMember(db, { email: 'somebody.elsewhere@example.com', firstName: 'Secret', lastName: 'Name' }),
    await makeUser(db, { email: 'platform.person@example.com', roles: ['system-admin'] }),
    await makeUser(db, { email: 'invited.by.others@example.com', status: 'invited' }),
    await makeUser(db, { email: 'deactivated.person@example.com', status: 'inactive' }),
    await makeUser(db, { email: 'archived.person@example.com', status: 'archived' }),
  ];
  const fresh = await seenAfterInviting('nobody.yet@example.com');
  expect(fresh).toContain('Typed');
  for (const person of there) {
    const before = await db.user.findUniqueOrThrow({ where: { id: person.id } });
    expect(await seenAfterInviting(person.email), person.email).toBe(fresh);
    if (person.status === 'invited') continue;
    expect(await db.user.findUnique({ where: { id: person.id } })).toEqual(before);
  }
});

test('an inviter cannot read the id of a person outside their view anywhere', async () => {
  const person = await makeMember(db);
  const admin = await makeMember(db, { roles: ['org-admin'] });
  const invitation = await invite(db, admin.id, { email: person.email, organizationId: admin.organizationId });
  const can = await canAs<Seen>(db, admin.id);
  const seen = [
    await listInvitations(can, invitationFilterSchema.parse({ show: 'all' })),
    await getInvitation(can, invitation.id),
    await listAuditEvents(can, auditFilterSchema.parse({})),
    await db.email.findMany({ where: { organizationId: admin.organizationId } }),
  ];
  const text = JSON.stringify(seen, (_key, value: unknown) => (typeof value === 'bigint' ? 'SEQ' : value));
  expect(text).not.toContain(person.id);
  expect(text).not.toContain(person.lastName);
});

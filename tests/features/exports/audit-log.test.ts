import { testDatabase } from '@tests/support/database';
import { makeMember, makeOrganization, makeUser } from '@tests/support/factories';
import { expect, test } from 'vitest';
import { eventListing } from '@/features/exports/audit-log.queries';
import { invitationListing } from '@/features/exports/invitations.queries';
import { peopleListing } from '@/features/exports/users.queries';
import { accept, invite, tokenOf } from '../invitations/invitations.support';
import { cellsOf, fileOf } from './exports.support';

const { db, owner } = await testDatabase();

const objects = (file: string) =>
  file
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as Record<string, unknown>);

async function world() {
  const [acme, other] = [await makeOrganization(db, { name: 'Acme' }), await makeOrganization(db, { name: 'Other' })];
  const root = await makeUser(db, { roles: ['system-admin'], firstName: 'Root', lastName: 'Away' });
  const lead = await makeMember(db, {
    organizationId: acme.id,
    roles: ['org-admin'],
    firstName: 'Lee',
    lastName: 'Lead',
  });
  const mine = await invite(db, lead.id, {
    organizationId: acme.id,
    roles: ['viewer', 'caseworker'],
    email: 'mine@example.com',
  });
  const sent = await invite(db, root.id, { organizationId: acme.id, roles: ['staff'], email: 'sent@example.com' });
  await invite(db, root.id, { organizationId: other.id, roles: ['staff'], email: 'theirs@example.com' });
  await owner.query(`UPDATE invitation SET created_at = now() - interval '50 hours' WHERE id = $1`, [mine.id]);
  return { acme, other, root, lead, mine, sent };
}

test('exported invitations match their list and do not name a sender outside the reader’s scope', async () => {
  const { lead, root, mine, sent } = await world();
  await owner.query(`UPDATE invitation SET delivery = 'bounced' WHERE id = $1`, [sent.id]);
  const fields = ['email', 'state', 'organization', 'roles', 'sent_by', 'days_waiting'];
  const own = objects(await fileOf(db, lead.id, invitationListing, { fields, format: 'jsonl' }));
  expect(own).toEqual([
    {
      email: 'sent@example.com',
      state: 'bounced',
      organization: 'Acme',
      roles: ['Staff'],
      sent_by: null,
      days_waiting: 0,
    },
    {
      email: 'mine@example.com',
      state: 'queued',
      organization: 'Acme',
      roles: ['Caseworker', 'Viewer'],
      sent_by: 'Lee Lead',
      days_waiting: 2,
    },
  ]);
  const all = cellsOf(await fileOf(db, root.id, invitationListing, { fields: ['email', 'sent_by'] }));
  expect(all).toEqual([
    ['theirs@example.com', 'Root Away'],
    ['sent@example.com', 'Root Away'],
    ['mine@example.com', 'Lee Lead'],
  ]);
  const bounced = await fileOf(db, root.id, invitationListing, {
    fields: ['email'],
    params: { status: 'bounced', show: 'open' },
  });
  expect(cellsOf(bounced)).toEqual([['sent@example.com']]);
  await accept(db, tokenOf(mine));
  const accepted = await fileOf(db, lead.id, invitationListing, {
    fields: ['email', 'state'],
    params: { show: 'accepted' },
  });
  expect(cellsOf(accepted)).toEqual([['mine@example.com', 'accepted']]);
  const [event] = await db.auditEvent.findMany({ where: { action: 'invitations.exported', actorId: lead.id } });
  expect(event).toMatchObject({ subjectType: 'export', organizationId: lead.organizationId });
});

test('the exported audit log has details and is limited to the reader’s organization', async () => {
  const { lead, root, acme } = await world();
  const fields = ['action', 'by', 'by_email', 'by_kind', 'subject', 'subject_email', 'organization', 'details'];
  const own = objects(await fileOf(db, lead.id, eventListing, { fields, format: 'jsonl' }));
  // The file does not contain the event of this export itself.
  expect(own.map(({ action }) => action)).toEqual(['invitation.created', 'invitation.created']);
  expect(own.at(-1)).toMatchObject({
    by: 'Lee Lead',
    by_kind: 'person',
    by_email: lead.email,
    subject: 'New Person',
    subject_email: 'mine@example.com',
    organization: 'Acme',
  });
  // An actor outside the reader's scope is named as in the list, with no other details.
  expect(own[0]).toMatchObject({ by: 'Root Away', by_email: null, subject_email: 'sent@example.com' });
  expect(JSON.stringify(own)).not.toContain(root.email);
  expect(own.at(-1)?.details).toMatchObject({ after: { email: 'mine@example.com' }, ip: '192.0.2.1' });
  expect(JSON.stringify(own)).not.toContain('theirs@');
  const filtered = {
    fields: ['action', 'organization'],
    params: { action: 'invitation.created', organization: acme.slug },
  };
  expect(cellsOf(await fileOf(db, root.id, eventListing, filtered))).toEqual(
    Array(2).fill(['invitation.created', 'Acme']),
  );
  const csv = await fileOf(db, root.id, eventListing, {
    fields: ['details'],
    params: { action: 'invitation.created' },
  });
  expect(csv).toContain('""email"": ""mine@example.com""');
});

test('the audit log is exported in the order of its list: by time, not by sequence number', async () => {
  const { lead, root } = await world();
  const last = await db.auditEvent.findFirstOrThrow({ where: { actorId: lead.id }, orderBy: { seq: 'desc' } });
  await owner.query(`UPDATE audit_event SET at = at - interval '1 year' WHERE seq = $1`, [last.seq]);
  const ids = cellsOf(await fileOf(db, root.id, eventListing, { fields: ['id'] })).flat();
  expect(ids.at(-1)).toBe(last.id);
});

test('an auditor can export everybody, and a person without the permission nothing', async () => {
  const { root } = await world();
  const auditor = await makeUser(db, { roles: ['auditor'] });
  const whole = cellsOf(await fileOf(db, auditor.id, peopleListing, { fields: ['email'] }));
  expect(whole).toContainEqual([root.email]);
  const viewer = await makeMember(db, { roles: ['viewer'] });
  await expect(fileOf(db, viewer.id, peopleListing, { fields: ['email'] })).rejects.toMatchObject({
    code: 'not_allowed',
  });
  await expect(fileOf(db, viewer.id, eventListing, { fields: ['action'] })).rejects.toMatchObject({
    code: 'not_allowed',
  });
});

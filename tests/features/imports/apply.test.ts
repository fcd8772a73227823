import { testDatabase } from '@tests/support/database';
import { makeMember, makeOrganization, makeUser } from '@tests/support/factories';
import { readOutbox } from '@tests/support/mail';
import { expect, test } from 'vitest';
import { invitationLink } from '@/features/invitations/send.schema';
import { linkToken } from '@/server/auth/links';
import { confirm, fixture, importFile, runJob, stateOf, upload, validate, verdicts } from './import.support';

const { db, owner } = await testDatabase();

async function world() {
  const admin = await makeUser(db, { roles: ['system-admin'] });
  const acme = await makeOrganization(db, { name: 'Acme Corp', slug: 'acme' });
  return { admin, acme };
}

test('confirming invites people, grants access only on acceptance and audits everything', async () => {
  const { admin, acme } = await world();
  const id = await importFile(db, admin.id, await fixture('messy-people.csv'));
  const state = await stateOf(db, id);
  expect(state).toMatchObject({ state: 'done', doneRows: 7 });
  expect(state.receipt?.counts).toMatchObject({ applied: 7, refused: 0, skipped: 10, left: 0, did: { invited: 7 } });

  const jane = await db.user.findUniqueOrThrow({ where: { email: 'jane@example.com' } });
  expect(jane).toMatchObject({ status: 'invited', firstName: 'Jane', lastName: 'Smith' });
  const invitations = await db.invitation.findMany({ include: { roles: { include: { role: true } } } });
  expect(invitations).toHaveLength(7);
  const hers = invitations.find((invitation) => invitation.userId === jane.id);
  expect(hers).toMatchObject({ organizationId: acme.id, senderId: admin.id, email: 'jane@example.com', state: 'open' });
  expect(hers?.roles.map((row) => row.role.key)).toEqual(['org-admin']);
  const emails = await db.email.findMany();
  expect(emails.map((email) => email.toAddress).sort()).toEqual(invitations.map((row) => row.email).sort());
  const ofInvitations = { action: 'invitation.created', organizationId: acme.id };
  expect(await db.auditEvent.count({ where: ofInvitations })).toBe(7);
  expect(await db.auditEvent.count({ where: { action: { startsWith: 'user.' } } })).toBe(0);
  expect(await db.auditEvent.count({ where: { action: 'import.applied', subjectId: id } })).toBe(1);
  expect(await db.membership.count()).toBe(0);
});

test('emails to imported people contain their invitation link', async () => {
  const { admin, acme } = await world();
  await importFile(db, admin.id, 'email,role,organization\nada@example.com,staff,acme', { message: 'Welcome aboard.' });
  const [mail] = await readOutbox(db, { to: 'ada@example.com' });
  const invitation = await db.invitation.findFirstOrThrow();
  expect(mail?.link).toBe(`http://127.0.0.1:3000/activate/${linkToken(invitationLink, invitation.id, 1)}`);
  expect(mail?.subject).toContain(acme.name);
  expect(mail?.text).toContain('Welcome aboard.');
});

test('importing the same file again changes nothing', async () => {
  const { admin } = await world();
  await importFile(db, admin.id, await fixture('messy-people.csv'));
  const before = await db.user.findMany({ orderBy: { id: 'asc' } });
  const { id } = await upload(db, admin.id, await fixture('messy-people.csv'));
  await validate(db, admin.id, id);
  const counts = (await stateOf(db, id)).counts;
  expect(counts).toEqual({ unchanged: 7, conflict: 1, error: 8, not_allowed: 1 });
  await expect(confirm(db, admin.id, id)).rejects.toMatchObject({ code: 'plan.state' });
  expect(await db.user.findMany({ orderBy: { id: 'asc' } })).toEqual(before);
});

test('an org admin who imports the same file again also sees it unchanged', async () => {
  const { acme } = await world();
  const orgAdmin = await makeMember(db, { organizationId: acme.id, roles: ['org-admin'] });
  await importFile(db, orgAdmin.id, await fixture('messy-people.csv'));
  const { id } = await upload(db, orgAdmin.id, await fixture('messy-people.csv'));
  await validate(db, orgAdmin.id, id);
  expect((await stateOf(db, id)).counts).toMatchObject({ unchanged: 7 });
});

test('an update shows the differences, adds access and never removes any', async () => {
  const { admin, acme } = await world();
  const ada = await makeMember(db, {
    organizationId: acme.id,
    email: 'ada@example.com',
    firstName: 'Ada',
    lastName: 'Byron',
    roles: ['viewer'],
  });
  const id = await importFile(db, admin.id, 'email,last_name,role\nada@example.com,Lovelace,member');
  const row = await db.planRow.findFirstOrThrow({ where: { planId: id } });
  expect(row).toMatchObject({
    verdict: 'update',
    status: 'applied',
    change: { set: { lastName: 'Lovelace' }, before: { lastName: 'Byron' } },
  });
  const after = await db.user.findUniqueOrThrow({
    where: { id: ada.id },
    include: { roles: { include: { role: true } } },
  });
  expect(after).toMatchObject({ firstName: 'Ada', lastName: 'Lovelace', version: ada.version + 1 });
  expect(after.roles.map((each) => each.role.key)).toEqual(['member']);
  const membership = await db.membership.findFirstOrThrow({ where: { userId: ada.id }, include: { roles: true } });
  expect(membership.sortName).toBe('ada lovelace');
  expect(membership.roles).toHaveLength(1);
  expect(await db.invitation.count()).toBe(0);
});

test('existing people can be left as they are', async () => {
  const { admin } = await world();
  await makeUser(db, { email: 'ada@example.com', lastName: 'Byron' });
  const { id } = await upload(db, admin.id, 'email,last_name\nada@example.com,Lovelace');
  await validate(db, admin.id, id, { existing: 'skip' });
  expect(await verdicts(db, id)).toEqual({
    1: 'unchanged: This person already exists. You chose to leave existing people as they are.',
  });
});

test('a person marked as suspended is added as inactive with their access, and is not invited', async () => {
  const { admin, acme } = await world();
  await importFile(db, admin.id, 'email,role,organization,status\nada@example.com,staff,ACME corp,Suspended');
  const ada = await db.user.findUniqueOrThrow({ where: { email: 'ada@example.com' } });
  expect(ada).toMatchObject({ status: 'inactive' });
  expect(ada.suspendedAt).not.toBeNull();
  expect(await db.membershipRole.count({ where: { userId: ada.id, organizationId: acme.id } })).toBe(1);
  expect(await db.invitation.count()).toBe(0);
  expect(await db.email.count()).toBe(0);
});

test('an org admin can only invite a person from elsewhere, and sees and changes nothing of theirs', async () => {
  const { acme } = await world();
  const orgAdmin = await makeMember(db, { organizationId: acme.id, roles: ['org-admin'] });
  const other = await makeMember(db, { email: 'known@example.com', firstName: 'Known', lastName: 'Elsewhere' });
  const file = 'email,first_name,last_name,role\nknown@example.com,A,B,staff\nfresh@example.com,A,B,staff';
  const { id } = await upload(db, orgAdmin.id, file);
  await validate(db, orgAdmin.id, id);
  expect(await verdicts(db, id)).toEqual({ 1: 'create', 2: 'create' });
  await confirm(db, orgAdmin.id, id);
  await runJob('imports.apply', id);
  expect((await stateOf(db, id)).receipt?.counts).toMatchObject({ applied: 2, did: { invited: 2 } });
  const after = await db.user.findUniqueOrThrow({ where: { id: other.id } });
  expect(after).toMatchObject({ firstName: 'Known', lastName: 'Elsewhere', status: 'active', version: other.version });
  expect(await db.invitation.count({ where: { organizationId: acme.id, state: 'open' } })).toBe(2);
  expect(await db.membership.count({ where: { userId: other.id } })).toBe(1);
  const inScope = await db.auditEvent.findMany({ where: { organizationId: acme.id }, select: { action: true } });
  expect(inScope.map((event) => event.action).sort()).toEqual(
    [
      'import.applied',
      'import.confirmed',
      'import.prepared',
      'import.uploaded',
      'invitation.created',
      'invitation.created',
    ].sort(),
  );
});

test('missing groups are created once and granted on acceptance', async () => {
  const { admin } = await world();
  await importFile(db, admin.id, await fixture('moodle-upload_users_cohorts.csv'));
  const groups = await db.group.findMany({ include: { invitations: true }, orderBy: { name: 'asc' } });
  expect(groups.map((group) => [group.name, group.organizationId, group.invitations.length])).toEqual([
    ['ASD', null, 2],
    ['DSA', null, 2],
  ]);
});

test('a row that would add a second organization is an error', async () => {
  const { admin } = await world();
  await makeMember(db, { email: 'ada@example.com' });
  const { id } = await upload(db, admin.id, 'email,organization\nada@example.com,acme');
  await validate(db, admin.id, id);
  expect(await verdicts(db, id)).toEqual({ 1: 'error: This person already belongs to another organization.' });
});

test('a file cannot change people with the same permissions as the importer', async () => {
  const { acme } = await world();
  const orgAdmin = await makeMember(db, { organizationId: acme.id, roles: ['org-admin'] });
  await makeMember(db, { organizationId: acme.id, roles: ['org-admin'], email: 'peer@example.com' });
  const { id } = await upload(db, orgAdmin.id, 'email,last_name\npeer@example.com,Changed');
  await validate(db, orgAdmin.id, id);
  expect((await verdicts(db, id))[1]).toMatch(/^not_allowed: This person has the same power as you or more/);
});

test('a row is refused and listed if its person changed after the review', async () => {
  const { admin } = await world();
  const ada = await makeUser(db, { email: 'ada@example.com', lastName: 'Byron' });
  const { id } = await upload(db, admin.id, 'email,last_name\nada@example.com,Lovelace\nbob@example.com,Bell');
  await validate(db, admin.id, id);
  await confirm(db, admin.id, id);
  await db.user.update({ where: { id: ada.id }, data: { version: { increment: 1 } } });
  await runJob('imports.apply', id);
  const rows = await db.planRow.findMany({ where: { planId: id }, orderBy: { n: 'asc' } });
  expect(rows.map((row) => [row.status, row.result])).toEqual([
    ['refused', { reason: 'changed' }],
    ['applied', { did: 'invited' }],
  ]);
});

test('an address that was taken after the review is refused and not created twice', async () => {
  const { admin } = await world();
  const { id } = await upload(db, admin.id, 'email,last_name\nada@example.com,Lovelace');
  await validate(db, admin.id, id);
  await confirm(db, admin.id, id);
  await makeUser(db, { email: 'ada@example.com' });
  await runJob('imports.apply', id);
  expect(await db.planRow.findFirstOrThrow({ where: { planId: id } })).toMatchObject({
    status: 'refused',
    result: { reason: 'exists_now' },
  });
  expect(await db.invitation.count()).toBe(0);
});

test('editing a role after the review makes the plan stale', async () => {
  const { admin } = await world();
  const { id } = await upload(db, admin.id, 'email,role\nada@example.com,member');
  await validate(db, admin.id, id);
  await owner.query(`UPDATE role SET version = version + 1 WHERE key = 'member'`);
  await expect(confirm(db, admin.id, id)).rejects.toMatchObject({ code: 'plan.stale' });
  await owner.query(`UPDATE role SET version = version - 1 WHERE key = 'member'`);
  await confirm(db, admin.id, id);
  await owner.query(`UPDATE role SET version = version + 1 WHERE key = 'member'`);
  await runJob('imports.apply', id);
  expect(await stateOf(db, id)).toMatchObject({ state: 'ready', error: 'plan.stale' });
  expect(await db.user.count({ where: { email: 'ada@example.com' } })).toBe(0);
});

test('an import stops when its person loses the permission', async () => {
  const { admin } = await world();
  const { id } = await upload(db, admin.id, 'email\nada@example.com');
  await validate(db, admin.id, id);
  await confirm(db, admin.id, id);
  await db.userRole.deleteMany({ where: { userId: admin.id } });
  await runJob('imports.apply', id);
  expect(await stateOf(db, id)).toMatchObject({ state: 'failed', error: 'not_allowed' });
  expect(await db.user.count({ where: { email: 'ada@example.com' } })).toBe(0);
});

import { testDatabase } from '@tests/support/database';
import { makeMember, makeOrganization, makeUser, roleId, workAs } from '@tests/support/factories';
import { readOutbox } from '@tests/support/mail';
import { expect, test } from 'vitest';
import { inviteUser } from '@/features/invitations/send.service';
import { grantAccess } from '@/features/memberships/grants.service';
import { writesOn } from '@/server/db/statements';
import { confirm, runJob, stateOf, upload, validate } from './import.support';

const { db } = await testDatabase();

async function world() {
  const acme = await makeOrganization(db, { slug: 'acme' });
  const orgAdmin = await makeMember(db, { organizationId: acme.id, roles: ['org-admin'] });
  return { acme, orgAdmin };
}

/** Validates a file, runs `meanwhile`, and applies it. Returns its rows. */
async function importAfter(actorId: string, file: string, meanwhile: () => Promise<unknown>) {
  const { id } = await upload(db, actorId, file);
  await validate(db, actorId, id);
  await meanwhile();
  await confirm(db, actorId, id);
  await runJob('imports.apply', id);
  expect(await stateOf(db, id)).toMatchObject({ state: 'done' });
  return db.planRow.findMany({ where: { planId: id }, orderBy: { n: 'asc' }, select: { status: true, result: true } });
}

/** Writes what accepting a platform invitation writes. It is no administrative change, so no version changes. */
const acceptOnPlatform = async (userId: string, role: string) =>
  grantAccess(writesOn(db), {
    ...{ userId, organizationId: null, grantedBy: null, groupIds: [] },
    roleIds: [await roleId(db, role)],
  });

const refused = (reason: string) => ({ status: 'refused', result: { reason } });

const named = 'email,last_name,role\np@example.com,Changed,viewer';

test('a person who joined the platform after the review keeps their name and gets the role', async () => {
  const { acme, orgAdmin } = await world();
  const person = await makeMember(db, { organizationId: acme.id, email: 'p@example.com', lastName: 'Own' });
  const [row] = await importAfter(orgAdmin.id, named, () => acceptOnPlatform(person.id, 'member'));
  expect(row).toMatchObject({ status: 'applied' });
  expect(await db.user.findUniqueOrThrow({ where: { id: person.id } })).toMatchObject({ lastName: 'Own' });
  expect(await db.membershipRole.count({ where: { userId: person.id } })).toBe(1);
  const events = await db.auditEvent.findMany({ where: { subjectId: person.id, actorId: orgAdmin.id } });
  expect(events.map(({ action }) => action)).toEqual(['membership.changed']);
});

test('a row that only changes their name is refused because the platform manages the account', async () => {
  const { acme, orgAdmin } = await world();
  const person = await makeMember(db, { organizationId: acme.id, email: 'p@example.com', lastName: 'Own' });
  const file = 'email,last_name\np@example.com,Changed';
  expect(await importAfter(orgAdmin.id, file, () => acceptOnPlatform(person.id, 'member'))).toMatchObject([
    refused('not_managed'),
  ]);
  expect(await db.user.findUniqueOrThrow({ where: { id: person.id } })).toMatchObject({ lastName: 'Own', version: 1 });
});

test('a person who got the importer’s rank after the review is not changed', async () => {
  const { acme, orgAdmin } = await world();
  const person = await makeMember(db, { organizationId: acme.id, email: 'p@example.com', lastName: 'Own' });
  const rise = async () =>
    db.membershipRole.create({
      data: { userId: person.id, organizationId: acme.id, roleId: await roleId(db, 'org-admin') },
    });
  expect(await importAfter(orgAdmin.id, named, rise)).toMatchObject([refused('outranks')]);
  expect(await db.user.findUniqueOrThrow({ where: { id: person.id } })).toMatchObject({ lastName: 'Own' });
});

test('a name that the person changed after the review is not overwritten', async () => {
  const { acme, orgAdmin } = await world();
  const person = await makeMember(db, { organizationId: acme.id, email: 'p@example.com', lastName: 'Old' });
  const activate = () => db.user.update({ where: { id: person.id }, data: { lastName: 'Own' } });
  expect(await importAfter(orgAdmin.id, named, activate)).toMatchObject([refused('changed')]);
});

const known = 'email,first_name,last_name,role\nknown@example.com,A,B,viewer';

test('an invitation goes to the current owner of the address, not to the one at the review', async () => {
  const { orgAdmin } = await world();
  const before = await makeUser(db, { email: 'known@example.com' });
  const move = () => db.user.update({ where: { id: before.id }, data: { email: 'elsewhere@example.com' } });
  expect(await importAfter(orgAdmin.id, known, move)).toMatchObject([
    { status: 'applied', result: { did: 'invited' } },
  ]);
  const invitation = await db.invitation.findFirstOrThrow({ include: { user: true } });
  expect(invitation.user).toMatchObject({ email: 'known@example.com', status: 'invited' });
  expect(invitation.userId).not.toBe(before.id);
  expect(await readOutbox(db, { to: 'known@example.com' })).toHaveLength(1);
});

test('a person who became a member after the review is not invited again', async () => {
  const { acme, orgAdmin } = await world();
  const person = await makeUser(db, { email: 'known@example.com' });
  const join = () => makeMember(db, { userId: person.id, organizationId: acme.id });
  expect(await importAfter(orgAdmin.id, known, join)).toMatchObject([refused('exists_now')]);
  expect(await db.invitation.count()).toBe(0);
});

test.each(['known', 'fresh'])(
  'an invitation sent by somebody else after the review is not changed: %s',
  async (which) => {
    const { acme, orgAdmin } = await world();
    if (which === 'known') await makeUser(db, { email: 'known@example.com' });
    const other = await makeMember(db, { organizationId: acme.id, roles: ['org-admin'] });
    const input = { email: 'known@example.com', firstName: 'A', lastName: 'B', organizationId: acme.id, message: '' };
    const rows = await importAfter(orgAdmin.id, known, () =>
      workAs<'users.invite', unknown>(db, other.id, (work) =>
        inviteUser(work, { ...input, roleIds: [], groupIds: [] }),
      ),
    );
    expect(rows).toMatchObject([refused('exists_now')]);
    expect(await db.invitation.findMany({ include: { roles: true } })).toMatchObject([
      { senderId: other.id, roles: [] },
    ]);
  },
);

test('a role that a file adds to an open invitation is audited as a change of that invitation', async () => {
  const { acme } = await world();
  const admin = await makeUser(db, { roles: ['system-admin'] });
  const input = { email: 'p@example.com', firstName: 'A', lastName: 'B', organizationId: acme.id, message: '' };
  const { invitationId } = await workAs<'users.invite', { invitationId: string }>(db, admin.id, (work) =>
    inviteUser(work, { ...input, roleIds: [], groupIds: [] }),
  );
  const file = 'email,role,organization\np@example.com,viewer,acme';
  expect(await importAfter(admin.id, file, async () => undefined)).toMatchObject([{ status: 'applied' }]);
  expect(await db.invitationRole.count({ where: { invitationId } })).toBe(1);
  const changed = { action: 'invitation.changed', subjectId: invitationId, organizationId: acme.id };
  expect(await db.auditEvent.count({ where: changed })).toBe(1);
});

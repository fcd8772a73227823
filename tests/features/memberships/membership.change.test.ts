import { testDatabase } from '@tests/support/database';
import { canAs, makeGroup, makeMember, makeOrganization, makeUser, roleId } from '@tests/support/factories';
import { beforeEach, expect, test } from 'vitest';
import { countSentInvitations, listMemberships } from '@/features/memberships/list.queries';
import { newId } from '@/lib/ids';
import { findLiveSession, startSession } from '@/server/auth/session';
import { writesOn } from '@/server/db/statements';
import { actingAs, lastEvent, makeAdmin, refuses, rolesIn } from './memberships.support';

const { db } = await testDatabase();
const request = { id: newId(), ip: null, userAgent: null, path: '/' };

let house: Awaited<ReturnType<typeof makeOrganization>>;
let orgAdmin: Awaited<ReturnType<typeof makeMember>>;
const memberOf = (roles: string[] = ['viewer']) => makeMember(db, { organizationId: house.id, roles });

beforeEach(async () => {
  house = await makeOrganization(db, { name: 'First House' });
  orgAdmin = await memberOf(['org-admin']);
});

test('an org admin changes roles: the row, both versions, the audit event and the access change at once', async () => {
  const member = await memberOf(['viewer', 'staff']);
  const answer = await actingAs(db, orgAdmin.id).change(member.id, house.slug, ['staff', 'caseworker']);
  expect(answer).toEqual({ kind: 'saved' });
  expect(await rolesIn(db, member.id, house.id)).toEqual(['caseworker', 'staff']);
  const given = await db.membershipRole.findFirst({ where: { userId: member.id, role: { key: 'caseworker' } } });
  expect(given?.grantedBy).toBe(orgAdmin.id);
  expect(await db.membership.findFirst({ where: { userId: member.id } })).toMatchObject({ version: 2 });
  expect(await db.user.findUnique({ where: { id: member.id } })).toMatchObject({ version: 2 });
  expect((await canAs(db, member.id)).may('caseload.manage' as never, house.id)).toBe(true);
  expect(await lastEvent(db, 'membership.changed')).toMatchObject({
    actorId: orgAdmin.id,
    subjectId: member.id,
    organizationId: house.id,
    body: { before: { roles: ['Staff', 'Viewer'] }, after: { roles: ['Caseworker', 'Staff'] } },
  });
});

test('saving the same roles changes nothing and is not audited', async () => {
  const member = await memberOf(['viewer']);
  expect(await actingAs(db, orgAdmin.id).change(member.id, house.slug, ['viewer'])).toEqual({ kind: 'unchanged' });
  expect(await db.auditEvent.count()).toBe(0);
  expect(await db.membership.findFirst({ where: { userId: member.id } })).toMatchObject({ version: 1 });
});

test('ending a membership removes only the roles, groups and teams of that organization', async () => {
  const member = await memberOf(['viewer']);
  const elsewhere = await makeMember(db, { userId: member.id, roles: ['staff'] });
  const own = await makeGroup(db, { organizationId: house.id, name: 'Night shift', members: [member.id] });
  const platform = await makeGroup(db, { members: [member.id] });
  const team = { id: newId(), organizationId: house.id, name: 'North' };
  await db.team.create({ data: team });
  await db.teamMember.create({ data: { teamId: team.id, organizationId: house.id, userId: member.id } });
  const { token } = await startSession(writesOn(db), member.id, request);

  await actingAs(db, orgAdmin.id).end(member.id, house.slug);
  expect(await db.membership.findMany({ where: { userId: member.id } })).toMatchObject([
    { organizationId: elsewhere.organizationId },
  ]);
  expect(await db.groupMember.findMany({ where: { userId: member.id } })).toMatchObject([{ groupId: platform.id }]);
  expect(await db.teamMember.count()).toBe(0);
  expect(await db.user.findUnique({ where: { id: member.id } })).toMatchObject({ status: 'active', version: 2 });
  const session = await findLiveSession(db, token);
  expect(session?.grants.filter(({ organizationId }) => organizationId === house.id)).toEqual([]);
  expect(await lastEvent(db, 'membership.ended')).toMatchObject({
    subjectId: member.id,
    organizationId: house.id,
    body: {
      before: { organization: 'First House', roles: ['Viewer'], groups: [own.name], teams: ['North'] },
      reason: 'Moved on',
    },
  });
});

test('open invitations a member sent are counted, and stay open when the membership ends', async () => {
  const member = await memberOf(['org-admin']);
  await db.invitation.create({
    data: {
      id: newId(),
      userId: (await makeUser(db, { status: 'invited' })).id,
      organizationId: house.id,
      senderId: member.id,
      tokenHash: new Uint8Array(32),
      email: 'a@example.com',
      expiresAt: new Date(Date.now() + 60_000),
    },
  });
  const ada = await makeAdmin(db);
  const stranger = await makeMember(db, { roles: ['org-admin'] });
  for (const [{ id }, count] of [[ada, 1] as const, [orgAdmin, 1] as const, [stranger, 0] as const]) {
    const can = await canAs<'memberships.end'>(db, id);
    expect(await countSentInvitations(can, { userId: member.id, organizationId: house.id })).toBe(count);
  }
  await actingAs(db, ada.id).end(member.id, house.slug);
  expect(await db.invitation.findFirst()).toMatchObject({ state: 'open', senderId: member.id });
});

test('an org admin may change and end the membership of a person the platform manages', async () => {
  const shared = await memberOf(['viewer']);
  await makeMember(db, { userId: shared.id, roles: ['org-admin'] });
  const auditor = await memberOf(['viewer']);
  await db.userRole.create({ data: { userId: auditor.id, roleId: await roleId(db, 'auditor') } });
  for (const { id } of [shared, auditor]) {
    await actingAs(db, orgAdmin.id).change(id, house.slug, ['staff']);
    await actingAs(db, orgAdmin.id).end(id, house.slug, 2);
    expect(await db.membership.count({ where: { userId: id, organizationId: house.id } })).toBe(0);
  }
  expect(await db.membership.count({ where: { userId: shared.id } })).toBe(1);
});

test('an org admin cannot change org admins, System Admins or themselves; a System Admin can', async () => {
  const equal = await memberOf(['org-admin']);
  const throughGroup = await memberOf([]);
  await makeGroup(db, { organizationId: house.id, roles: ['org-admin'], members: [throughGroup.id] });
  const high = await memberOf(['viewer']);
  await db.userRole.create({ data: { userId: high.id, roleId: await roleId(db, 'system-admin') } });
  const { change, end } = actingAs(db, orgAdmin.id);
  const can = await canAs<'users.read'>(db, orgAdmin.id);
  const cases = [
    [equal, 'user.outranks', 'outranked'],
    [throughGroup, 'user.outranks', 'outranked'],
    [high, 'user.not_managed', 'not_managed'],
    [orgAdmin, 'user.self', 'self'],
  ] as const;
  for (const [{ id }, code, obstacle] of cases) {
    await refuses(change(id, house.slug, ['viewer', 'staff']), code);
    await refuses(end(id, house.slug), code);
    expect(await listMemberships(can, id)).toMatchObject([{ obstacle, mayChange: true, mayEnd: true }]);
  }
  expect(await db.auditEvent.count()).toBe(0);
  const ada = await makeAdmin(db);
  for (const { id } of [equal, throughGroup, high]) await actingAs(db, ada.id).end(id, house.slug);
  expect(await db.membership.count({ where: { organizationId: house.id } })).toBe(1);
});

test('an org admin can appoint another one, but then no longer change them', async () => {
  const member = await memberOf(['viewer']);
  await actingAs(db, orgAdmin.id).change(member.id, house.slug, ['org-admin']);
  await refuses(actingAs(db, orgAdmin.id).change(member.id, house.slug, [], { version: 2 }), 'user.outranks');
});

test('unknown and platform roles, and roles beyond the actor’s access, are neither granted nor revoked', async () => {
  const member = await memberOf(['viewer']);
  const { change } = actingAs(db, orgAdmin.id);
  await refuses(change(member.id, house.slug, ['wizard']), 'role.unknown');
  await refuses(change(member.id, house.slug, ['viewer', 'auditor']), 'grant.scope');
  await db.role.create({
    data: {
      id: newId(),
      key: 'role-editor',
      name: 'Role editor',
      description: '',
      scope: 'both',
      permissions: { create: { permission: 'memberships.update' } },
    },
  });
  const editor = await makeAdmin(db, ['role-editor']);
  await refuses(actingAs(db, editor.id).change(member.id, house.slug, ['viewer', 'staff']), 'grant.beyond_own');
  await refuses(actingAs(db, editor.id).change(member.id, house.slug, []), 'grant.beyond_own');
  expect(await rolesIn(db, member.id, house.id)).toEqual(['viewer']);
});

test('an archived member’s roles cannot be changed, but the membership can end', async () => {
  const member = await makeMember(db, { organizationId: house.id, status: 'archived' });
  await refuses(actingAs(db, orgAdmin.id).change(member.id, house.slug, ['viewer']), 'user.archived');
  await actingAs(db, orgAdmin.id).end(member.id, house.slug);
  expect(await db.membership.count({ where: { userId: member.id } })).toBe(0);
});

test('memberships elsewhere and unknown ones are not found, whatever is sent', async () => {
  const other = await makeOrganization(db);
  const stranger = await makeMember(db, { organizationId: other.id, roles: ['viewer'] });
  const shared = await makeMember(db, { organizationId: other.id, roles: ['viewer'] });
  await makeMember(db, { userId: shared.id, organizationId: house.id });
  const { change, end } = actingAs(db, orgAdmin.id);
  for (const [id, slug] of [
    [stranger.id, other.slug],
    [stranger.id, house.slug],
    [shared.id, other.slug],
    [newId(), house.slug],
    ["' OR true --", house.slug],
    [shared.id, "' OR true --"],
    [shared.id, 'nul\u0000l'],
  ] as const) {
    await refuses(change(id, slug, ['staff']), 'not_found');
    await refuses(end(id, slug), 'not_found');
  }
  expect(await rolesIn(db, shared.id, other.id)).toEqual(['viewer']);
  expect(await db.auditEvent.count()).toBe(0);
  const seen = await listMemberships(await canAs<'users.read'>(db, orgAdmin.id), shared.id);
  expect(seen.map(({ organization }) => organization.id)).toEqual([house.id]);
});

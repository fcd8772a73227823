import { testDatabase } from '@tests/support/database';
import { canAs, makeGroup, makeMember, makeOrganization, makeUser, roleId } from '@tests/support/factories';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { beyondPerson } from '@/features/invitations/grant-check.queries';
import { maySend } from '@/features/invitations/send.policy';
import { accept, events, invite, tokenOf } from '../invitations.support';
import { change, confirm, makeInvitations, outcomes, plan, runJob, stateOf } from './bulk.support';

const { db, owner } = await testDatabase();

/** Invitations put on hold on acceptance, because their sender lost the access they grant. */
async function makeOnHold(count: number) {
  const organization = await makeOrganization(db);
  const former = await makeMember(db, { organizationId: organization.id, roles: ['org-admin'] });
  const given = { organizationId: organization.id, roles: ['viewer'] };
  const made = [];
  for (let n = 0; n < count; n += 1)
    made.push(await invite(db, former.id, { ...given, email: `on-hold${n}@example.com` }));
  await db.membershipRole.deleteMany({ where: { userId: former.id } });
  for (const each of made) expect(await accept(db, tokenOf(each))).toMatchObject({ kind: 'on_hold' });
  return { organization, former, made };
}

test('invitations on hold are confirmed in bulk by an admin who may grant them; the others show a reason', async () => {
  const { organization, former, made } = await makeOnHold(3);
  const admin = await makeMember(db, { organizationId: organization.id, roles: ['org-admin'] });
  const [open = ''] = await makeInvitations(db, { count: 1, senderId: admin.id, organizationId: organization.id });
  const [first, second, beyond] = made;
  // This one grants more than an Org Admin has.
  const role = await db.role.create({
    data: {
      id: crypto.randomUUID(),
      key: 'setter',
      name: 'Setter',
      description: '',
      scope: 'organization',
      permissions: { create: { permission: 'memberships.create' } },
    },
  });
  await db.invitationRole.create({ data: { invitationId: beyond?.id ?? '', roleId: role.id } });
  const ids = [...made.map(({ id }) => id), open];
  const done = await change(db, admin.id, { do: 'confirm', ids });
  expect(done).toMatchObject({ state: 'done', total: 2, counts: { apply: 2, not_allowed: 1, unchanged: 1 } });
  expect(done.receipt?.counts).toMatchObject({ applied: 2, did: { confirmed: 2 } });
  expect(await outcomes(db, done.id)).toEqual({
    [first?.id ?? '']: 'applied',
    [second?.id ?? '']: 'applied',
    [beyond?.id ?? '']: 'not_allowed: not_granted',
    [open]: 'unchanged: not_held',
  });
  const confirmed = await db.invitation.findUniqueOrThrow({ where: { id: first?.id ?? '' } });
  expect(confirmed).toMatchObject({ senderId: admin.id, onHoldSince: null, version: 2, delivery: 'queued' });
  expect(await accept(db, tokenOf(confirmed))).toMatchObject({ kind: 'accepted' });
  const traces = await events(db, 'invitation.confirmed');
  expect(traces.map(({ subjectId, actorId }) => ({ subjectId, actorId }))).toEqual(
    expect.arrayContaining([first, second].map((each) => ({ subjectId: each?.id, actorId: admin.id }))),
  );
  const detail = await db.auditDetail.findUniqueOrThrow({ where: { eventId: traces[0]?.id ?? '' } });
  expect(detail.body).toMatchObject({
    before: { sender: former.id },
    after: { sender: admin.id, roles: [await roleId(db, 'viewer')] },
  });
});

test('a bulk confirmation refuses what its actor can no longer grant, and it stays on hold', async () => {
  const { organization, made } = await makeOnHold(2);
  const admin = await makeMember(db, { organizationId: organization.id, roles: ['org-admin'] });
  const [first, second] = made;
  const id = await plan(db, admin.id, { do: 'confirm', ids: made.map((each) => each.id) });
  await confirm(db, admin.id, id);
  const setter = await db.role.create({
    data: {
      id: crypto.randomUUID(),
      key: 'late',
      name: 'Late',
      description: '',
      scope: 'organization',
      permissions: { create: { permission: 'memberships.create' } },
    },
  });
  await db.invitationRole.create({ data: { invitationId: second?.id ?? '', roleId: setter.id } });
  await runJob('invitations.apply', id);
  expect((await stateOf(db, id)).receipt?.counts).toMatchObject({ applied: 1, refused: 1 });
  expect(await outcomes(db, id)).toMatchObject({
    [first?.id ?? '']: 'applied',
    [second?.id ?? '']: 'refused: not_granted',
  });
  expect(await db.invitation.findUniqueOrThrow({ where: { id: second?.id ?? '' } })).toMatchObject({
    version: 1,
    onHoldSince: expect.any(Date),
  });
});

test('the grant rule for many invitations agrees with the rule for one, for any grant and any person', async () => {
  const [here, there] = [await makeOrganization(db), await makeOrganization(db)];
  const keys = ['org-admin', 'viewer', 'caseworker', 'member', 'author', 'auditor', 'system-admin'];
  const roleIds = await Promise.all(keys.map((key) => roleId(db, key)));
  const groups = await Promise.all([
    makeGroup(db, { organizationId: here.id, roles: ['viewer'] }),
    makeGroup(db, { organizationId: here.id, roles: ['org-admin'] }),
    makeGroup(db, { organizationId: there.id, roles: ['viewer'] }),
    makeGroup(db, { roles: ['author'] }),
    makeGroup(db, {}),
  ]);
  const people = await Promise.all([
    makeUser(db, { roles: ['system-admin'] }),
    makeUser(db, { roles: ['auditor'] }),
    makeUser(db, { roles: ['author'] }),
    makeMember(db, { organizationId: here.id, roles: ['org-admin'] }),
    makeMember(db, { organizationId: here.id, roles: ['caseworker'] }),
    makeMember(db, { organizationId: there.id, roles: ['org-admin'] }),
  ]);
  const [row = ''] = await makeInvitations(db, { count: 1, senderId: people[0].id });
  let answers = { yes: 0, no: 0 };
  await fc.assert(
    fc.asyncProperty(
      fc.subarray(roleIds, { maxLength: 2 }),
      fc.subarray(groups, { maxLength: 1 }),
      fc.constantFrom(null, here.id, there.id),
      fc.constantFrom(...people),
      async (roles, chosen, organizationId, person) => {
        await owner.query('DELETE FROM invitation_role');
        await owner.query('DELETE FROM invitation_group');
        await db.invitation.update({ where: { id: row }, data: { organizationId } });
        await db.invitationRole.createMany({ data: roles.map((each) => ({ invitationId: row, roleId: each })) });
        await db.invitationGroup.createMany({ data: chosen.map(({ id }) => ({ invitationId: row, groupId: id })) });
        const { granted, isBeyond } = beyondPerson(person.id);
        const [many] = await db.$queryRaw<
          { may: boolean }[]
        >`WITH ${granted} SELECT NOT ${isBeyond} AS may FROM invitation i`;
        const groupIds = chosen.map(({ id }) => id);
        const one = await maySend(await canAs(db, person.id), { roleIds: roles, groupIds, organizationId });
        answers = { yes: answers.yes + (one ? 1 : 0), no: answers.no + (one ? 0 : 1) };
        expect(many?.may).toBe(one);
      },
    ),
    { numRuns: 150 },
  );
  expect(answers.yes).toBeGreaterThan(10);
  expect(answers.no).toBeGreaterThan(10);
});

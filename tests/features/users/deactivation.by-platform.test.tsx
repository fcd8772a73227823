import { testDatabase } from '@tests/support/database';
import { canAs, makeMember, makeUser, workAs } from '@tests/support/factories';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import { getAuditEvent } from '@/features/audit/details.queries';
import { listHistory } from '@/features/audit/history.queries';
import { eventListing } from '@/features/exports/audit-log.queries';
import { endMembership } from '@/features/leaving/membership.service';
import type { Reader } from '@/features/users/components/reader';
import { UserHeader } from '@/features/users/components/user-header';
import { UserMenu } from '@/features/users/components/user-menu';
import { deactivateUser, reactivateDue, reactivateUser, undoReactivation } from '@/features/users/deactivation.service';
import { getUser } from '@/features/users/details.queries';
import { findAccountActions } from '@/features/users/obstacles.queries';
import { obstacleText } from '@/lib/obstacle-words';
import { operatorUnit } from '@/server/operator';
import type { Work } from '@/server/work';
import { list, refuses } from './users.support';

const { db } = await testDatabase();

const reason = 'Under inquiry for theft';

function deactivate(actorId: string, id: string, until: string | null = null) {
  return workAs(db, actorId, (work: Work<'users.deactivate'>) => deactivateUser(work, { id, reason, until }));
}

function reactivate(actorId: string, id: string, why = '') {
  return workAs(db, actorId, (work: Work<'users.deactivate'>) => reactivateUser(work, { id, reason: why }));
}

async function makeHouse() {
  const ada = await makeUser(db, { roles: ['system-admin'] });
  const orgAdmin = await makeMember(db, { roles: ['org-admin'] });
  const { organizationId } = orgAdmin;
  const colleague = await makeMember(db, { organizationId, roles: ['org-admin'] });
  const person = await makeMember(db, { organizationId, roles: ['viewer'] });
  await db.credential.create({ data: { userId: person.id, passwordHash: 'kept' } });
  return { ada, orgAdmin, colleague, person, organizationId };
}

type Reading = 'users.read' | 'audit.read';

/** Everything about the person that this reader sees: page, history, audit log and its export. */
async function seenBy(readerId: string, personId: string): Promise<string> {
  const can = await canAs<Reading>(db, readerId);
  const events = await db.auditEvent.findMany({ where: { subjectId: personId }, orderBy: { seq: 'asc' } });
  const { statements } = await eventListing.prepare(can, {});
  const exported = await Promise.all(statements(['action', 'details'], true).map((statement) => can.read(statement)));
  const seen = [
    await getUser(can, personId),
    await listHistory(can, personId, {}),
    await Promise.all(events.map(({ id }) => getAuditEvent(can, id))),
    exported,
  ];
  return JSON.stringify(seen, (_key, value: unknown) => (typeof value === 'bigint' ? String(value) : value));
}

test('an org admin cannot reactivate a person whom the platform deactivated', async () => {
  const { ada, orgAdmin, person } = await makeHouse();
  await deactivate(ada.id, person.id);
  await refuses(reactivate(orgAdmin.id, person.id), 'user.ended_by_platform');
  expect(await db.user.findUniqueOrThrow({ where: { id: person.id } })).toMatchObject({ status: 'inactive' });
  await reactivate(ada.id, person.id);
  expect(await db.user.findUniqueOrThrow({ where: { id: person.id } })).toMatchObject({ status: 'active' });
});

test('an organization reads nowhere why the platform deactivated or reactivated somebody', async () => {
  const { ada, orgAdmin, person } = await makeHouse();
  await deactivate(ada.id, person.id);
  expect(await seenBy(ada.id, person.id)).toContain(reason);
  expect(await seenBy(orgAdmin.id, person.id)).not.toContain(reason);
  await reactivate(ada.id, person.id, 'The inquiry found nothing');
  const seen = await seenBy(orgAdmin.id, person.id);
  expect(seen).not.toMatch(/inquiry/);
  expect(seen).toContain('user.deactivated');
});

test('an organization reads and undoes its own deactivation, whoever of its admins did it', async () => {
  const { orgAdmin, colleague, person } = await makeHouse();
  await deactivate(orgAdmin.id, person.id);
  expect(await seenBy(colleague.id, person.id)).toContain(reason);
  await reactivate(colleague.id, person.id, 'Back from leave');
  expect(await seenBy(orgAdmin.id, person.id)).toContain('Back from leave');
  await workAs(db, colleague.id, (work: Work<'users.deactivate'>) => undoReactivation(work, person.id));
  expect(await seenBy(orgAdmin.id, person.id)).toContain(`"reason":"${reason}"`);
});

test('the organization sees that the platform did it, and a disabled button that says why', async () => {
  const { ada, orgAdmin, person } = await makeHouse();
  await deactivate(ada.id, person.id, '2099-12-31');
  const can = await canAs<'users.read'>(db, orgAdmin.id);
  const user = await getUser(can, person.id);
  expect(user.deactivation).toMatchObject({ by: 'platform', reason: null });
  const actions = await findAccountActions(can, person.id);
  expect(actions).toMatchObject({ editing: { obstacle: null }, deactivation: { obstacle: 'ended_by_platform' } });
  const header = renderToStaticMarkup(<UserHeader user={user} current="profile" seesHistory {...actions} />);
  expect(header).toMatch(/<button[^>]*disabled=""[^>]*>.*Reactivate/);
  expect(header).toContain(obstacleText.ended_by_platform);
  expect(header).toContain(`/users/${person.id}/edit`);
  expect(header).not.toContain('/deactivation');

  const row = (await list(can)).rows.find(({ id }) => id === person.id);
  const reader = { id: orgAdmin.id, mayDeactivate: true } as Reader;
  const menu =
    row &&
    renderToStaticMarkup(
      <UserMenu user={row} reader={reader} returnTo="/users" forInvitations={{ resend: '', cancel: '' }} />,
    );
  expect(menu).toContain(obstacleText.ended_by_platform);
  expect(menu).not.toContain('/deactivation');
  const rowOfAda = (await list(await canAs(db, ada.id))).rows.find(({ id }) => id === person.id);
  expect(rowOfAda).toMatchObject({ isEndedByPlatform: false });
});

test('a deactivation from before this was recorded counts as the platform’s', async () => {
  const { orgAdmin, person } = await makeHouse();
  await deactivate(orgAdmin.id, person.id);
  await db.user.update({ where: { id: person.id }, data: { deactivatedBy: null } });
  await refuses(reactivate(orgAdmin.id, person.id), 'user.ended_by_platform');
  const event = await db.auditEvent.findFirstOrThrow({ where: { subjectId: person.id } });
  const { body } = await db.auditDetail.findUniqueOrThrow({ where: { eventId: event.id } });
  expect(body).toMatchObject({ after: { by: 'organization' } });
  expect((await getUser(await canAs(db, orgAdmin.id), person.id)).deactivation).toMatchObject({ reason: null });
});

test('a System Admin who undoes a reactivation leaves the deactivation with who decided it', async () => {
  const { ada, orgAdmin, person } = await makeHouse();
  await deactivate(orgAdmin.id, person.id);
  await reactivate(ada.id, person.id);
  await workAs(db, ada.id, (work: Work<'users.deactivate'>) => undoReactivation(work, person.id));
  await reactivate(orgAdmin.id, person.id);
});

test('what the platform ended until a date still ends by itself', async () => {
  const { ada, person } = await makeHouse();
  await deactivate(ada.id, person.id, '2099-12-31');
  await db.user.update({ where: { id: person.id }, data: { suspendedUntil: new Date(0) } });
  await operatorUnit('test', (work) => reactivateDue(work));
  expect(await db.user.findUniqueOrThrow({ where: { id: person.id } })).toMatchObject({
    status: 'active',
    deactivatedBy: null,
  });
});

test('an organization does not read why the platform ended a membership, nor from where', async () => {
  const { ada, orgAdmin, person, organizationId } = await makeHouse();
  const other = await makeMember(db, { organizationId });
  const { slug } = await db.organization.findUniqueOrThrow({ where: { id: organizationId } });
  const end = (actorId: string, id: string) =>
    workAs(db, actorId, (work: Work<'memberships.end'>) =>
      endMembership(work, { id, organization: slug, version: 1, reason }),
    );
  await end(ada.id, person.id);
  await end(orgAdmin.id, other.id);
  const can = await canAs<Reading>(db, orgAdmin.id);
  const read = async (subjectId: string) => {
    const event = await db.auditEvent.findFirstOrThrow({ where: { subjectId, action: 'membership.ended' } });
    const { rows } = await listHistory(can, subjectId, {});
    return [(await getAuditEvent(can, event.id)).body, rows[0]?.body];
  };
  for (const body of await read(person.id)) {
    expect(body).toMatchObject({ after: { by: 'platform' } });
    expect(body).not.toHaveProperty('reason');
    expect(body).not.toHaveProperty('ip');
  }
  for (const body of await read(other.id)) expect(body).toMatchObject({ reason, after: { by: 'organization' } });
});

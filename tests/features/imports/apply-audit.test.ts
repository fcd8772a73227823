import { testDatabase } from '@tests/support/database';
import { canAs, makeGroup, makeMember, makeOrganization, makeUser, roleId } from '@tests/support/factories';
import { expect, test } from 'vitest';
import { listHistory } from '@/features/audit/history.queries';
import { readHistoryFilter } from '@/features/audit/history.schema';
import { listAuditEvents } from '@/features/audit/list.queries';
import { auditFilterSchema } from '@/features/audit/list.schema';
import { grantAccess } from '@/features/memberships/grants.service';
import { writesOn } from '@/server/db/statements';
import type { Can } from '@/server/work';
import { confirm, importFile, runJob, upload, validate } from './import.support';

const { db } = await testDatabase();

async function world() {
  const admin = await makeUser(db, { roles: ['system-admin'] });
  const acme = await makeOrganization(db, { name: 'Acme Corp', slug: 'acme' });
  await makeGroup(db, { name: 'Night shift', organizationId: acme.id });
  return { admin, acme };
}

/** Audit events about a person: action, organization, before and after, ordered by action. */
async function tracesOf(email: string) {
  const { id } = await db.user.findUniqueOrThrow({ where: { email } });
  const rows = await db.$queryRaw<
    { action: string; place: string | null; body: { before?: object; after?: object } }[]
  >`
    SELECT e.action, e.organization_id AS place, d.body FROM audit_event e JOIN audit_detail d ON d.event_id = e.id
     WHERE e.subject_id = ${id}::uuid OR e.subject_id IN (SELECT i.id FROM invitation i WHERE i.user_id = ${id}::uuid)
     ORDER BY e.action`;
  return rows.map(({ action, place, body: { before, after } }) => [action, place, before, after]);
}

test('an imported membership and profile change get separate audit events that the filters find', async () => {
  const { admin, acme } = await world();
  const ada = await makeUser(db, { email: 'ada@example.com', lastName: 'Byron' });
  await importFile(
    db,
    admin.id,
    'email,last_name,role,organization,groups\nada@example.com,Lovelace,staff,acme,Night shift',
  );
  expect(await tracesOf(ada.email)).toEqual([
    ['group.joined', acme.id, undefined, { group: 'Night shift' }],
    ['membership.added', acme.id, undefined, { organization: 'Acme Corp', roles: ['staff'] }],
    ['user.updated', null, { lastName: 'Byron' }, { lastName: 'Lovelace' }],
  ]);
  const can: Can<'users.read' | 'audit.read'> = await canAs(db, admin.id);
  const access = await listHistory(can, ada.id, readHistoryFilter({ kind: 'access' }));
  expect(access.rows.map(({ action }) => action).sort()).toEqual(['group.joined', 'membership.added']);
  const added = await listAuditEvents(can, auditFilterSchema.parse({ action: 'membership.added' }));
  expect(added.rows.map(({ subjectId }) => subjectId)).toEqual([ada.id]);
});

test('roles that a file adds to a member or on the platform are only audited as changes of access', async () => {
  const { admin, acme } = await world();
  await makeMember(db, { organizationId: acme.id, email: 'ada@example.com', roles: ['viewer'] });
  await makeUser(db, { email: 'bob@example.com' });
  const file =
    'email,role,organization,groups\nada@example.com,staff,acme,Night shift\nbob@example.com,member;author,,';
  await importFile(db, admin.id, file);
  expect(await tracesOf('ada@example.com')).toEqual([
    ['group.joined', acme.id, undefined, { group: 'Night shift' }],
    ['membership.changed', acme.id, { roles: ['viewer'] }, { roles: ['staff', 'viewer'] }],
  ]);
  const granted = (await tracesOf('bob@example.com')).toSorted((a, b) =>
    JSON.stringify(a) < JSON.stringify(b) ? -1 : 1,
  );
  expect(granted).toEqual([
    ['role.granted', null, undefined, { key: 'author', role: 'Author' }],
    ['role.granted', null, undefined, { key: 'member', role: 'Member' }],
  ]);
});

test('an imported profile change is audited only for the organization that manages the account', async () => {
  const { admin, acme } = await world();
  await makeMember(db, { organizationId: acme.id, email: 'own@example.com', lastName: 'Byron' });
  const both = await makeMember(db, { email: 'both@example.com', lastName: 'Byron' });
  const grant = { userId: both.id, organizationId: acme.id, roleIds: [], groupIds: [], grantedBy: null };
  await grantAccess(writesOn(db), grant);
  await importFile(
    db,
    admin.id,
    'email,last_name,organization\nown@example.com,Lovelace,acme\nboth@example.com,Lovelace,acme',
  );
  const change = [{ lastName: 'Byron' }, { lastName: 'Lovelace' }];
  expect(await tracesOf('own@example.com')).toEqual([['user.updated', acme.id, ...change]]);
  expect(await tracesOf('both@example.com')).toEqual([['user.updated', null, ...change]]);
});

test('access that a person accepted between review and import is not audited again', async () => {
  const { admin, acme } = await world();
  const ada = await makeUser(db, { email: 'ada@example.com' });
  const { id } = await upload(db, admin.id, 'email,role,organization\nada@example.com,staff,acme');
  await validate(db, admin.id, id);
  const roleIds = [await roleId(db, 'staff')];
  await grantAccess(writesOn(db), { userId: ada.id, organizationId: acme.id, roleIds, groupIds: [], grantedBy: null });
  await confirm(db, admin.id, id);
  await runJob('imports.apply', id);
  expect(await tracesOf(ada.email)).toEqual([]);
});

test('roles that a file adds to an open invitation are audited as a change of that invitation', async () => {
  const { admin, acme } = await world();
  await importFile(db, admin.id, 'email,role,organization\nada@example.com,staff,acme');
  await importFile(db, admin.id, 'email,last_name,role,organization\nada@example.com,Lovelace,viewer,acme');
  const viewer = await roleId(db, 'viewer');
  const traces = (await tracesOf('ada@example.com')).filter(([action]) => /changed|updated/.test(String(action)));
  expect(traces).toEqual([
    ['invitation.changed', acme.id, undefined, { roles: [viewer] }],
    ['user.updated', null, { lastName: '' }, { lastName: 'Lovelace' }],
  ]);
});

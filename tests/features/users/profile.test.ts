import { testDatabase } from '@tests/support/database';
import { canAs, makeMember, makeOrganization, makeUser, roleId, workAs } from '@tests/support/factories';
import { expect, test } from 'vitest';
import { deactivateUser } from '@/features/users/deactivation.service';
import { getUser } from '@/features/users/details.queries';
import { findObstacle } from '@/features/users/obstacles.queries';
import { valuesOf } from '@/features/users/profile.queries';
import { updateUserSchema } from '@/features/users/profile.schema';
import { type Updated, updateUser } from '@/features/users/profile.service';
import { newId } from '@/lib/ids';
import { startSession } from '@/server/auth/session';
import { writesOn } from '@/server/db/statements';
import { Fail } from '@/server/fail';
import type { Work } from '@/server/work';
import { refuses } from './users.support';

const { db } = await testDatabase();

type Typed = { firstName?: string; lastName?: string; phone?: string; extension?: string };
type Form = Record<string, string>;

const systemAdmin = (firstName = 'Ada') => makeUser(db, { firstName, lastName: 'Admin', roles: ['system-admin'] });

/** The form's values in this reader's browser. */
async function open(actorId: string, id: string): Promise<Form> {
  return valuesOf(await getUser(await canAs<'users.read'>(db, actorId), id));
}

function save(actorId: string, form: Form, typed: Typed): Promise<Updated> {
  const input = updateUserSchema.parse({ ...form, ...typed });
  return workAs(db, actorId, (work: Work<'users.update'>) => updateUser(work, input));
}

const rowOf = (id: string) => db.user.findUniqueOrThrow({ where: { id } });

test('editing changes the account and its copies, and the log has only the changed fields', async () => {
  const ada = await systemAdmin();
  const person = await makeMember(db, { firstName: 'Grace', lastName: 'Hopper' });
  const form = await open(ada.id, person.id);
  expect(await save(ada.id, form, { lastName: ' Murray ', phone: '0044 (0)20 7946 0000', extension: '2-04' })).toEqual({
    kind: 'saved',
  });

  const user = await rowOf(person.id);
  expect(user).toMatchObject({ lastName: 'Murray', phone: '+442079460000', extension: '204', version: 2 });
  const [membership] = await db.membership.findMany({ where: { userId: person.id } });
  expect(membership).toMatchObject({ sortName: user.sortName, search: user.search });
  const [event] = await db.auditEvent.findMany({ where: { action: 'user.updated' } });
  expect(event).toMatchObject({ actorId: ada.id, subjectId: person.id, organizationId: person.organizationId });
  const detail = await db.auditDetail.findUniqueOrThrow({ where: { eventId: event?.id ?? '' } });
  expect(detail.body).toEqual({
    before: { lastName: 'Hopper', phone: null, extension: null },
    after: { lastName: 'Murray', phone: '+442079460000', extension: '204' },
    ip: '192.0.2.1',
  });
});

test('a form that changes nothing writes nothing', async () => {
  const ada = await systemAdmin();
  const person = await makeUser(db);
  const before = await rowOf(person.id);
  expect(await save(ada.id, await open(ada.id, person.id), {})).toEqual({ kind: 'unchanged' });
  expect(await rowOf(person.id)).toEqual(before);
  expect(await db.auditEvent.count()).toBe(0);
});

test('all names, numbers and extensions that do not fit are refused at once, in plain words', () => {
  const given = {
    id: newId(),
    version: '1',
    firstName: 'y'.repeat(51),
    lastName: 'x'.repeat(51),
    phone: '020',
    extension: '1a',
  };
  const issues = updateUserSchema.safeParse(given).error?.issues ?? [];
  expect(issues.map(({ path }) => path[0])).toEqual(['firstName', 'lastName', 'phone', 'extension']);
  for (const { message } of issues) expect(message).not.toMatch(/invalid|expected/i);
});

test('the second editor sees what changed, by whom and when, and overwrites it only by choosing to', async () => {
  const [ada, grace] = [await systemAdmin(), await systemAdmin('Grace')];
  const person = await makeUser(db, { firstName: 'Lin', lastName: 'Old' });
  const [first, second] = [await open(grace.id, person.id), await open(ada.id, person.id)];
  await save(grace.id, first, { lastName: 'Graces', phone: '+442079460000' });

  const outcome = await save(ada.id, second, { lastName: 'Adas', extension: '12' });
  if (outcome.kind !== 'conflict') throw new Error('It was overwritten.');
  expect(await rowOf(person.id)).toMatchObject({ lastName: 'Graces', extension: null, version: 2 });
  const { changes, choices } = outcome.conflict;
  expect(changes).toMatchObject([
    { field: 'Last name', before: 'Old', after: 'Graces', by: 'Grace Admin' },
    { field: 'Phone', before: null, after: '+442079460000', by: 'Grace Admin' },
  ]);
  expect(Date.now() - new Date(changes[0]?.at ?? 0).getTime()).toBeLessThan(60_000);
  expect(choices).toEqual([{ name: 'lastName', mine: 'Adas', theirs: 'Graces' }]);
  // Her own changes are kept; every other field has its saved value.
  expect(outcome.values).toMatchObject({ lastName: 'Adas', extension: '12', phone: '+442079460000', version: '2' });

  expect(await save(ada.id, outcome.values, {})).toEqual({ kind: 'saved' });
  expect(await rowOf(person.id)).toMatchObject({ lastName: 'Adas', extension: '12', phone: '+442079460000' });
});

test('changes that others made to other fields are shown once and kept', async () => {
  const [ada, grace] = [await systemAdmin(), await systemAdmin('Grace')];
  const person = await makeUser(db, { firstName: 'Lin', lastName: 'Old' });
  const [first, second] = [await open(grace.id, person.id), await open(ada.id, person.id)];
  await save(grace.id, first, { firstName: 'Linus' });
  const outcome = await save(ada.id, second, { lastName: 'New' });
  if (outcome.kind !== 'conflict') throw new Error('No conflict was reported.');
  expect(outcome.conflict.choices).toEqual([]);
  await save(ada.id, outcome.values, {});
  expect(await rowOf(person.id)).toMatchObject({ firstName: 'Linus', lastName: 'New', version: 3 });
});

test('another change made after the conflict notice is reported as well', async () => {
  const [ada, grace] = [await systemAdmin(), await systemAdmin('Grace')];
  const person = await makeUser(db, { lastName: 'Old' });
  const [first, second] = [await open(grace.id, person.id), await open(ada.id, person.id)];
  await save(grace.id, first, { lastName: 'One' });
  const conflict = await save(ada.id, second, { lastName: 'Mine' });
  if (conflict.kind !== 'conflict') throw new Error('No conflict was reported.');
  await save(grace.id, await open(grace.id, person.id), { lastName: 'Two' });
  const again = await save(ada.id, conflict.values, {});
  expect(again).toMatchObject({ kind: 'conflict', conflict: { changes: [{ before: 'One', after: 'Two' }] } });
});

test('a deactivation while editing is a conflict, a sign-in is not', async () => {
  const ada = await systemAdmin();
  const person = await makeUser(db, { lastName: 'Old' });
  const form = await open(ada.id, person.id);
  await startSession(writesOn(db), person.id, { id: newId(), ip: null, userAgent: null, path: '/' });
  expect(await save(ada.id, form, { lastName: 'New' })).toEqual({ kind: 'saved' });

  const again = await open(ada.id, person.id);
  await workAs(db, ada.id, (work: Work<'users.deactivate'>) =>
    deactivateUser(work, { id: person.id, reason: '', until: null }),
  );
  expect(await save(ada.id, again, { lastName: 'Newer' })).toMatchObject({
    kind: 'conflict',
    conflict: { changes: [{ field: 'Status', before: 'active', after: 'inactive', by: 'You' }], choices: [] },
  });
});

test('of two forms sent at the same instant, one is saved and one is a conflict, fifty times', {
  timeout: 60_000,
}, async () => {
  const [ada, grace] = [await systemAdmin(), await systemAdmin('Grace')];
  for (let round = 0; round < 50; round += 1) {
    const person = await makeUser(db, { lastName: 'Old' });
    const form = await open(ada.id, person.id);
    const outcomes = await Promise.all([
      save(ada.id, form, { lastName: 'Adas' }),
      save(grace.id, form, { lastName: 'Graces' }),
    ]);
    expect(outcomes.map(({ kind }) => kind).sort(), `round ${round}`).toEqual(['conflict', 'saved']);
    expect(await rowOf(person.id)).toMatchObject({
      version: 2,
      lastName: outcomes[0].kind === 'saved' ? 'Adas' : 'Graces',
    });
  }
});

test('without access to the audit log, a conflict shows what changed but not by whom', async () => {
  const ada = await systemAdmin();
  const organization = await makeOrganization(db);
  const role = await db.role.create({
    data: { id: newId(), key: 'editor', name: 'Editor', description: '', scope: 'organization' },
  });
  await db.rolePermission.createMany({
    data: ['users.read', 'users.update'].map((permission) => ({ roleId: role.id, permission })),
  });
  const editor = await makeMember(db, { organizationId: organization.id, roles: ['editor'] });
  const person = await makeMember(db, { organizationId: organization.id, lastName: 'Old' });
  const form = await open(editor.id, person.id);
  await save(ada.id, await open(ada.id, person.id), { lastName: 'Adas' });
  const outcome = await save(editor.id, form, { lastName: 'Mine' });
  expect(outcome).toMatchObject({ conflict: { changes: [{ after: 'Adas', by: null, at: null }] } });
});

test('editing strangers, oneself, archived people, equals or people not managed is refused', async () => {
  const organization = await makeOrganization(db);
  const { id: organizationId } = organization;
  const orgAdmin = await makeMember(db, { organizationId, roles: ['org-admin'] });
  const ada = await systemAdmin();
  const viewer = await makeMember(db, { organizationId, roles: ['viewer'] });
  const equal = await makeMember(db, { organizationId, roles: ['org-admin'] });
  const auditor = await makeMember(db, { organizationId });
  await db.userRole.create({ data: { userId: auditor.id, roleId: await roleId(db, 'auditor') } });
  const archived = await makeMember(db, { organizationId, status: 'archived' });
  const stranger = await makeMember(db);
  const form = await open(ada.id, viewer.id);
  const attempt = (id: string) => save(orgAdmin.id, { ...form, id }, { lastName: 'Changed' });

  await refuses(attempt(stranger.id), 'not_found');
  await refuses(attempt(newId()), 'not_found');
  await refuses(attempt(ada.id), 'not_found');
  await refuses(attempt(orgAdmin.id), 'user.self');
  await refuses(attempt(equal.id), 'user.outranks');
  await refuses(attempt(auditor.id), 'user.not_managed');
  await refuses(attempt(archived.id), 'user.archived');
  expect(await findObstacle(await canAs(db, orgAdmin.id), auditor.id, 'users.update')).toBe('not_managed');
  expect(await db.user.count({ where: { lastName: 'Changed' } })).toBe(0);
  expect(await db.auditEvent.count()).toBe(0);
  expect(await attempt(viewer.id)).toEqual({ kind: 'saved' });
  expect(() => updateUserSchema.parse({ ...form, id: "' OR true --" })).toThrow();
  // Nobody can be restored yet, so the message must not promise it.
  expect(new Fail('user.archived').words).not.toMatch(/restore/i);
});

test('System Admins edit each other', async () => {
  const [ada, grace] = [await systemAdmin(), await systemAdmin('Grace')];
  expect(await save(ada.id, await open(ada.id, grace.id), { lastName: 'Hopper' })).toEqual({ kind: 'saved' });
});

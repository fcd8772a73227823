import { testDatabase } from '@tests/support/database';
import { canAs, makeGroup, makeMember, makeOrganization, makeUser, workAs } from '@tests/support/factories';
import { makePerson, requestFrom } from '@tests/support/sign-in';
import { describe, expect, test } from 'vitest';
import { listOwnAccess, listSupportContacts } from '@/features/account/access.queries';
import { preferencesSchema } from '@/features/account/preferences.schema';
import { savePreferences, saveSingleKeys } from '@/features/account/preferences.service';
import { updateOwnProfile } from '@/features/account/profile.service';
import { listOwnSessions, listOwnSignIns } from '@/features/account/sessions.queries';
import { revokeOwnSession } from '@/features/account/sessions.service';
import { profileEditSchema } from '@/features/users/profile.schema';
import { newId } from '@/lib/ids';
import { findLiveSession, startSession } from '@/server/auth/session';
import { writesOn } from '@/server/db/statements';
import type { Work } from '@/server/work';
import { asSession } from './account.support';

const { db } = await testDatabase();

type Own = Work<'account.own'>;
/** Everybody may do this with a finished session, so the roles of the test's handle do not matter. */
const asThemself = <T>(id: string, body: (work: Own) => Promise<T>) => workAs<'account.own', T>(db, id, body);

describe('your own profile', () => {
  const form = { firstName: 'Ada', lastName: 'Byron', phone: '', extension: '204' };
  const shown = { version: '1', wasFirstName: 'Robin', wasLastName: 'Tester', wasPhone: '', wasExtension: '' };

  test('is saved with an audit event, a new version and the copies that lists read', async () => {
    const member = await makeMember(db, { firstName: 'Robin', lastName: 'Tester' });
    const before = await db.user.findUniqueOrThrow({ where: { id: member.id } });
    await asThemself(member.id, (work) => updateOwnProfile(work, profileEditSchema.parse({ ...form, ...shown })));
    const after = await db.user.findUniqueOrThrow({ where: { id: member.id } });
    expect(after).toMatchObject({ firstName: 'Ada', lastName: 'Byron', extension: '204', version: before.version + 1 });
    const membership = await db.membership.findFirstOrThrow({ where: { userId: member.id } });
    expect(membership.sortName).toBe(after.sortName);
    const event = await db.auditEvent.findFirstOrThrow({ where: { action: 'user.updated', subjectId: member.id } });
    expect(event).toMatchObject({ actorId: member.id, organizationId: member.organizationId });
    const { body } = await db.auditDetail.findUniqueOrThrow({ where: { eventId: event.id } });
    expect(body).toMatchObject({
      before: { firstName: 'Robin', lastName: 'Tester', extension: null },
      after: { firstName: 'Ada', lastName: 'Byron', extension: '204' },
    });
  });

  test('shows what an admin changed since the form was opened, and sending again keeps both changes', async () => {
    const { id } = await makePerson(db);
    await db.user.update({ where: { id }, data: { lastName: 'Married', extension: '7', version: 2 } });
    const typed = { ...form, lastName: 'Tester', extension: '204' };
    const save = (fields: object) =>
      asThemself(id, (work) => updateOwnProfile(work, profileEditSchema.parse({ ...shown, ...fields })));
    const answer = await save(typed);
    expect(answer).toMatchObject({
      kind: 'conflict',
      conflict: { version: '2', choices: [{ name: 'extension', mine: '204', theirs: '7' }] },
      values: { firstName: 'Ada', lastName: 'Married', extension: '204', version: '2' },
    });
    expect(await db.user.findUniqueOrThrow({ where: { id } })).toMatchObject({ firstName: 'Robin', extension: '7' });
    if (answer.kind !== 'conflict') throw new Error('It was saved.');
    expect(await save(answer.values)).toEqual({ kind: 'saved' });
    expect(await db.user.findUniqueOrThrow({ where: { id } })).toMatchObject({
      firstName: 'Ada',
      lastName: 'Married',
      extension: '204',
    });
  });

  test('is not saved or audited if nothing changed', async () => {
    const { id } = await makePerson(db);
    const same = { firstName: 'Robin', lastName: 'Tester', phone: '', extension: '', ...shown };
    expect(await asThemself(id, (work) => updateOwnProfile(work, profileEditSchema.parse(same)))).toEqual({
      kind: 'unchanged',
    });
    expect(await db.auditEvent.count()).toBe(0);
  });
});

describe('preferences', () => {
  test('are stored beside the list preferences and apply to the next request', async () => {
    const { id } = await makePerson(db);
    await db.preference.create({ data: { userId: id, lists: { users: { size: 25 } } } });
    const input = preferencesSchema.parse({ timeZone: 'Asia/Kolkata', dateFormat: 'month-first' });
    const { token } = await startSession(writesOn(db), id, requestFrom());
    await asSession(token, (work: Own) => savePreferences(work, input), { exempt: true });
    expect((await findLiveSession(db, token))?.preference).toEqual({
      timeZone: 'Asia/Kolkata',
      dateFormat: 'month-first',
      singleKeys: false,
      lists: { users: { size: 25 } },
    });
    await asSession(token, (work: Own) => saveSingleKeys(work, true), { exempt: true });
    expect((await findLiveSession(db, token))?.preference).toMatchObject({
      singleKeys: true,
      timeZone: 'Asia/Kolkata',
    });
  });

  test.each(['Mars/Olympus', '../etc', "' OR 1=1", 'europe/berlin '])('refuse the time zone %j', (timeZone) => {
    expect(preferencesSchema.safeParse({ timeZone, dateFormat: 'words' }).success).toBe(false);
  });
});

describe('your own sessions', () => {
  async function twoBrowsers() {
    const person = await makePerson(db);
    const here = await startSession(writesOn(db), person.id, requestFrom());
    const there = await startSession(writesOn(db), person.id, requestFrom('198.51.100.7'));
    return { person, here, there };
  }

  test('are listed while they work, and the current one is marked', async () => {
    const { person, here, there } = await twoBrowsers();
    const idle = await startSession(writesOn(db), person.id, requestFrom());
    await db.session.update({ where: { id: idle.id }, data: { lastSeenAt: new Date(Date.now() - 2 * 3_600_000) } });
    await startSession(writesOn(db), (await makePerson(db)).id, requestFrom());
    const listed = await asSession(here.token, async (work: Own) => {
      work.nothingChanged();
      return listOwnSessions(work);
    });
    expect(listed.map(({ id, isThisOne }) => [id, isThisOne]).sort()).toEqual(
      [[here.id, true] as const, [there.id, false] as const].sort(),
    );
  });

  test('end one by one, and a session of somebody else is not found', async () => {
    const { here, there } = await twoBrowsers();
    const stranger = await startSession(writesOn(db), (await makePerson(db)).id, requestFrom());
    await asSession(here.token, (work: Own) => revokeOwnSession(work, there.id));
    expect(await findLiveSession(db, there.token)).toBeNull();
    expect(await findLiveSession(db, here.token)).not.toBeNull();
    for (const id of [stranger.id, there.id, newId()]) {
      await expect(asSession(here.token, (work: Own) => revokeOwnSession(work, id))).rejects.toMatchObject({
        code: 'not_found',
      });
    }
    expect(await findLiveSession(db, stranger.token)).not.toBeNull();
    expect(await db.auditEvent.count({ where: { action: 'session.revoked' } })).toBe(1);
  });
});

test('your own sign-ins are listed page by page, each once, without those of other people', async () => {
  const { id, email } = await makePerson(db);
  const other = await makePerson(db);
  const attempt = (userId: string, n: number) => ({
    id: newId(),
    email,
    userId,
    result: 'wrong_password' as const,
    at: new Date(Date.now() - n * 1000),
  });
  const mine = Array.from({ length: 120 }, (_, n) => attempt(id, n));
  await db.signInAttempt.createMany({ data: [...mine, attempt(other.id, 1)] });
  const can = await canAs<'account.own'>(db, id);
  const steps: string[][] = [];
  for (let after: string | undefined; steps.length < 4; ) {
    const { rows, previous, next } = await listOwnSignIns(can, { after });
    expect(previous?.id).toBe(after && rows[0]?.id);
    steps.push(rows.map((row) => row.id));
    if (!next) break;
    after = next.id;
  }
  expect(steps.flat()).toEqual(mine.map((row) => row.id));
  const back = await listOwnSignIns(can, { before: steps[2]?.[0] });
  expect(back.rows.map((row) => row.id)).toEqual(steps[1]);
  const first = await listOwnSignIns(can, { before: back.previous?.id });
  expect(first.rows.map((row) => row.id)).toEqual(steps[0]);
  expect(first).toMatchObject({ previous: null, next: { id: steps[0]?.at(-1) } });
  // Somebody else's attempt is not a valid cursor.
  expect((await listOwnSignIns(await canAs(db, other.id), { after: mine[3]?.id })).rows).toEqual([]);
});

describe('your own access', () => {
  test('is listed by organization, with the group a role comes through', async () => {
    const acme = await makeOrganization(db, { name: 'Acme Corp' });
    const closed = await makeOrganization(db, { name: 'Closed', status: 'inactive' });
    const person = await makeMember(db, { organizationId: acme.id, roles: ['caseworker'] });
    await makeMember(db, { userId: person.id, organizationId: closed.id, roles: ['org-admin'] });
    await makeGroup(db, { name: 'Readers', organizationId: acme.id, roles: ['viewer'], members: [person.id] });
    const places = await listOwnAccess(await canAs(db, person.id));
    expect(places.map(({ organization }) => organization?.name)).toEqual(['Acme Corp', 'Closed']);
    const [here, there] = places;
    expect(here?.roles.map(({ name, group }) => [name, group])).toEqual([
      ['Caseworker', null],
      ['Viewer', 'Readers'],
    ]);
    expect(here?.actions.map(({ description }) => description)).toEqual([
      'Manage their own caseload',
      'View clients',
      'Create referrals',
      'View resources',
    ]);
    expect(there?.actions).toEqual([]);
  });

  test('support contacts are the active Org Admins of your own organizations', async () => {
    const acme = await makeOrganization(db, { name: 'Acme Corp' });
    const admin = await makeMember(db, { organizationId: acme.id, roles: ['org-admin'] });
    await makeMember(db, { organizationId: acme.id, roles: ['org-admin'], status: 'inactive' });
    await makeMember(db, { roles: ['org-admin'] });
    const member = await makeMember(db, { organizationId: acme.id, roles: ['member'] });
    const contacts = await listSupportContacts(await canAs(db, member.id));
    expect(contacts).toEqual([
      { organization: 'Acme Corp', name: `${admin.firstName} ${admin.lastName}`, email: admin.email },
    ]);
    const stranger = await makeUser(db);
    expect(await listSupportContacts(await canAs(db, stranger.id))).toEqual([]);
  });
});

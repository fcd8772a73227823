import { testDatabase } from '@tests/support/database';
import { canAs, makeMember, makeOrganization, makeUser, workAs } from '@tests/support/factories';
import { expect, test } from 'vitest';
import { listEmails } from '@/features/emails/list.queries';
import { readEmailFilter } from '@/features/emails/list.schema';
import type { HidingInput } from '@/features/home/hiding.schema';
import { hideWaiting } from '@/features/home/hiding.service';
import { listWaiting } from '@/features/home/waiting.queries';
import { listImports } from '@/features/imports/list.queries';
import { readImportsFilter } from '@/features/imports/list.schema';
import { countByAge, listInvitations } from '@/features/invitations/list.queries';
import { invitationFilterSchema, openAges } from '@/features/invitations/list.schema';
import { newId } from '@/lib/ids';

const { db } = await testDatabase();

const dayMs = 86_400_000;

type Extra = Partial<Parameters<typeof db.invitation.create>[0]['data']>;

async function invited(organizationId: string | null, daysAgo: number, extra: Extra = {}) {
  const user = await makeUser(db, { status: 'invited' });
  const id = newId();
  await db.invitation.create({
    data: {
      ...{ id, userId: user.id, organizationId, email: user.email },
      tokenHash: new Uint8Array(Buffer.from(newId())),
      createdAt: new Date(Date.now() - daysAgo * dayMs),
      expiresAt: new Date(Date.now() + (7 - daysAgo) * dayMs),
      ...extra,
    } as never,
  });
  return { id, userId: user.id };
}

const bounced = (organizationId: string | null) => invited(organizationId, 4, { delivery: 'bounced' });

/** The rows that the linked list shows. */
async function shownUnder(readerId: string, href: string) {
  const params = Object.fromEntries(new URL(href, 'http://x').searchParams);
  const filter = invitationFilterSchema.parse(params);
  const { rows } = await listInvitations(await canAs<'invitations.read'>(db, readerId), filter);
  return rows.map((row) => row.id);
}

test('Home lists open work within the scope of each reader', async () => {
  const admin = await makeUser(db, { roles: ['system-admin'] });
  expect(await listWaiting(await canAs(db, admin.id))).toMatchObject([{ href: '/organizations/new', count: 1 }]);
  const mine = await makeMember(db, { roles: ['org-admin'] });
  const theirs = await makeMember(db, { roles: ['org-admin'] });
  const member = await makeUser(db, { roles: ['member'] });
  await bounced(mine.organizationId);
  await bounced(null);
  const waiting = async (id: string) =>
    (await listWaiting(await canAs(db, id))).map(({ what, count }) => [what, count]);
  expect(await waiting(admin.id)).toEqual([
    ['Invitations did not arrive', 2],
    ['Invitations unanswered for three days', 2],
  ]);
  expect(await waiting(mine.id)).toEqual([
    ['Invitations did not arrive', 1],
    ['Invitations unanswered for three days', 1],
  ]);
  expect(await waiting(theirs.id)).toEqual([]);
  expect(await waiting(member.id)).toEqual([]);
});

test('the counts of unanswered and expired invitations match the lists they link to', async () => {
  await makeOrganization(db);
  const admin = await makeMember(db, { roles: ['org-admin'] });
  const { organizationId } = admin;
  await invited(organizationId, 2);
  const queued = await invited(organizationId, 3.1);
  const opened = await invited(organizationId, 5, { delivery: 'opened' });
  const onHold = await invited(organizationId, 6, { onHoldSince: new Date() });
  const ranOut = await invited(organizationId, 10, { state: 'expired' });
  await invited(organizationId, 40, { state: 'expired' });
  const replaced = await invited(organizationId, 20, { state: 'expired' });
  await invited(organizationId, 1, { userId: replaced.userId, state: 'accepted' });
  const elsewhere = await invited(organizationId, 21, { state: 'expired' });
  await invited(null, 1, { userId: elsewhere.userId, state: 'accepted' });
  await invited(null, 10, { state: 'expired' });
  const waiting = await listWaiting(await canAs(db, admin.id));
  const item = (what: RegExp) => waiting.find((each) => what.test(each.what));
  const unanswered = item(/three days/);
  expect(unanswered?.count).toBe(3);
  expect(await shownUnder(admin.id, unanswered?.href ?? '')).toEqual([queued.id, opened.id, onHold.id]);
  const expired = item(/expired/);
  expect(expired?.count).toBe(2);
  expect(await shownUnder(admin.id, expired?.href ?? '')).toEqual([ranOut.id, elsewhere.id]);
});

type Plan = { state: 'preparing' | 'ready' | 'failed'; createdBy: string; kind?: string; daysAgo?: number };

async function planned({ state, createdBy, kind = 'import', daysAgo = 0 }: Plan) {
  const id = newId();
  const createdAt = new Date(Date.now() - daysAgo * dayMs);
  await db.plan.create({ data: { id, kind, state, createdBy, createdAt } });
  if (kind === 'import') {
    await db.upload.create({ data: { planId: id, fileName: 'a.csv', header: ['email'], sha256: new Uint8Array(32) } });
  }
  return id;
}

test('every import that waits is on Home, with a list of as many; one alone is linked itself', async () => {
  await makeOrganization(db);
  const one = await makeUser(db, { roles: ['system-admin'] });
  const other = await makeUser(db, { roles: ['system-admin'] });
  const ready = await planned({ state: 'ready', createdBy: one.id });
  await planned({ state: 'ready', createdBy: other.id });
  for (const daysAgo of [0, 1]) await planned({ state: 'preparing', createdBy: one.id, daysAgo });
  for (const daysAgo of [0, 1, 9]) await planned({ state: 'failed', createdBy: other.id, daysAgo });
  const bulk = await planned({ state: 'ready', createdBy: one.id, kind: 'invitations' });
  const can = await canAs<'users.import' | 'account.own'>(db, one.id);
  const waiting = (await listWaiting(can)).filter(({ key }) => key.startsWith('imports') || key === 'bulk');
  expect(waiting.map(({ key, href, count }) => [key, href, count])).toEqual([
    ['bulk', `/invitations/bulk/${bulk}`, 1],
    ['imports-columns', '/imports?by=me&step=columns', 2],
    ['imports-ready', `/imports/${ready}`, 1],
    ['imports-failed', '/imports?state=failed&age=lately', 2],
  ]);
  for (const { href, count } of waiting.filter((each) => each.href.includes('?'))) {
    const params = Object.fromEntries(new URL(href, 'http://x').searchParams);
    expect((await listImports(can, readImportsFilter(params))).rows).toHaveLength(count as number);
  }
});

test('what waits can be hidden: for a time, or until there is more of it', async () => {
  const admin = await makeMember(db, { roles: ['org-admin'] });
  const first = await bounced(admin.organizationId);
  const hide = (until: HidingInput['until'], count: number) =>
    workAs<'account.own', void>(db, admin.id, (work) => hideWaiting(work, { item: 'bounced', until, count }), {
      exempt: true,
    });
  const isHidden = async (now?: Date) => {
    const can = await canAs<'account.own'>(db, admin.id);
    const saved = await db.preference.findUnique({ where: { userId: admin.id } });
    const asInSession = { ...can, preference: { ...can.preference, lists: saved?.lists ?? {} } };
    return (await listWaiting(asInSession, now)).map((item) => [item.key, item.isHidden]);
  };
  const unanswered = ['unanswered', false];
  expect(await isHidden()).toEqual([['bounced', false], unanswered]);
  await hide('day', 1);
  expect(await isHidden()).toEqual([['bounced', true], unanswered]);
  expect(await isHidden(new Date(Date.now() + 1.1 * dayMs))).toEqual([['bounced', false], unanswered]);
  await hide('more', 1);
  expect(await isHidden(new Date(Date.now() + 9 * dayMs))).toEqual([['bounced', true], unanswered]);
  await bounced(admin.organizationId);
  expect(await isHidden()).toEqual([['bounced', false], unanswered]);
  await hide('more', 2);
  await db.invitation.delete({ where: { id: first.id } });
  await invited(admin.organizationId, -0.01, { delivery: 'bounced' });
  expect(await isHidden()).toEqual([['bounced', false], unanswered]);
  await hide('week', 2);
  await hide('no', 0);
  expect(await isHidden()).toEqual([['bounced', false], unanswered]);
});

test('open invitations are divided by age, each part as large as its list', async () => {
  const admin = await makeMember(db, { roles: ['org-admin'] });
  for (const daysAgo of [0.5, 2, 2.5, 4, 8]) await invited(admin.organizationId, daysAgo);
  await invited(admin.organizationId, 2, { state: 'cancelled' });
  await invited(null, 2);
  const counts = await countByAge(await canAs(db, admin.id));
  expect(counts).toEqual({ day: 1, days: 2, week: 1, older: 1 });
  for (const age of openAges)
    expect(await shownUnder(admin.id, `/invitations?age=${age}`)).toHaveLength(counts[age] as number);
});

test('the count of failed emails matches the log and leaves out those deliberately not sent', async () => {
  await makeOrganization(db);
  const admin = await makeUser(db, { roles: ['system-admin'] });
  for (const [state, daysAgo] of [
    ['failed', 1],
    ['failed', 2],
    ['failed', 9],
    ['unsent', 1],
  ] as const) {
    const id = newId();
    const base = { id, template: 'x', params: {}, toAddress: 'ada@acme.com', dedupeKey: id, messageId: id };
    await db.email.create({ data: { ...base, state, createdAt: new Date(Date.now() - daysAgo * dayMs) } });
  }
  const can = await canAs<'emails.read' | 'account.own'>(db, admin.id);
  const [item] = await listWaiting(can);
  expect(item).toMatchObject({ what: 'Emails could not be sent', count: 2 });
  const params = Object.fromEntries(new URL(item?.href ?? '', 'http://x').searchParams);
  expect((await listEmails(can, readEmailFilter(params))).rows).toHaveLength(2);
});

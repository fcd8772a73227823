import { testDatabase } from '@tests/support/database';
import { canAs, makeMember, makeOrganization, makeUser } from '@tests/support/factories';
import { expect, test } from 'vitest';
import { listEmails } from '@/features/emails/list.queries';
import { readEmailFilter } from '@/features/emails/list.schema';
import { listWaiting } from '@/features/home/waiting.queries';
import { listInvitations } from '@/features/invitations/list.queries';
import { invitationFilterSchema } from '@/features/invitations/list.schema';
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

test('an import waits only for the person who uploaded it', async () => {
  await makeOrganization(db);
  const one = await makeUser(db, { roles: ['system-admin'] });
  const other = await makeUser(db, { roles: ['system-admin'] });
  await db.plan.create({ data: { id: newId(), kind: 'import', state: 'ready', createdBy: one.id } });
  const waits = async (id: string) => (await listWaiting(await canAs(db, id))).map(({ what }) => what);
  expect(await waits(one.id)).toEqual(['Imports wait for you to confirm them']);
  expect(await waits(other.id)).toEqual([]);
});

test('the count of failed emails matches the log and leaves out those deliberately not sent', async () => {
  await makeOrganization(db);
  const admin = await makeUser(db, { roles: ['system-admin'] });
  for (const [state, daysAgo] of [
    ['failed', 1],
    ['failed', 9],
    ['unsent', 1],
  ] as const) {
    const id = newId();
    const base = { id, template: 'x', params: {}, toAddress: 'ada@acme.com', dedupeKey: id, messageId: id };
    await db.email.create({ data: { ...base, state, createdAt: new Date(Date.now() - daysAgo * dayMs) } });
  }
  const can = await canAs<'emails.read' | 'account.own'>(db, admin.id);
  const [item] = await listWaiting(can);
  expect(item).toMatchObject({ what: 'Emails could not be sent', count: 1 });
  const params = Object.fromEntries(new URL(item?.href ?? '', 'http://x').searchParams);
  expect((await listEmails(can, readEmailFilter(params))).rows).toHaveLength(1);
});

import { testDatabase } from '@tests/support/database';
import { makeMember, makeOrganization, makeUser, workAs } from '@tests/support/factories';
import { withQuota } from '@tests/support/quota';
import { expect, test } from 'vitest';
import { newId } from '@/lib/ids';
import type { Tx } from '@/server/db/client';
import { readsOn, writesOn } from '@/server/db/statements';
import { env } from '@/server/env';
import { withdrawEmails } from '@/server/mail/claims';
import { insertEmails } from '@/server/mail/outbox';
import { quotaLeft } from '@/server/mail/quota';
import { testInvitation, testNews } from './mail.support';

const { db, owner } = await testDatabase();
const setClock = withQuota(owner, 10, '2026-12-01T10:20:00Z');

const mails = (organizationId: string | null, count: number, given: { isForPlatform?: boolean } = {}) =>
  Array.from({ length: count }, () => ({
    params: { invitationId: newId(), version: 1, inviter: 'Grace' },
    to: { address: 'ada@acme.com', name: '' },
    dedupeKey: newId(),
    organizationId,
    ...given,
  }));

const put = (list: ReturnType<typeof mails>) => db.$transaction((tx: Tx) => insertEmails(tx, testInvitation, list));

/** How many mails leave in each hour, as the outbox has it. */
async function byHour(organizationId: string): Promise<Record<string, number>> {
  const { rows } = await owner.query(
    `SELECT to_char(date_trunc('hour', next_attempt_at, 'UTC') AT TIME ZONE 'UTC', 'HH24') AS hour, count(*)::int AS emails
       FROM email WHERE organization_id = $1 GROUP BY 1 ORDER BY 1`,
    [organizationId],
  );
  return Object.fromEntries(rows.map(({ hour, emails }) => [hour, emails]));
}

test('mails above the quota of an hour are spread over the next ones, and those of other organizations leave at once', async () => {
  const [acme, other] = [await makeOrganization(db), await makeOrganization(db)];
  const leaves = await put([...mails(acme.id, 25), ...mails(other.id, 1)]);
  expect(leaves.slice(0, 10)).toEqual(Array(10).fill(null));
  expect(leaves[10]).toEqual(new Date('2026-12-01T11:00:00Z'));
  expect(leaves[11]).toEqual(new Date('2026-12-01T11:06:00Z'));
  expect(leaves[24]).toEqual(new Date('2026-12-01T12:24:00Z'));
  expect(leaves[25]).toBeNull();
  expect(await byHour(acme.id)).toEqual({ '10': 10, '11': 10, '12': 5 });
  expect(await put(mails(acme.id, 1))).toEqual([new Date('2026-12-01T12:30:00Z')]);
  expect(await put(mails(other.id, 1))).toEqual([null]);
});

test('a later hour that has begun sends at once as long as it has room', async () => {
  const acme = await makeOrganization(db);
  await put(mails(acme.id, 12));
  await setClock('2026-12-01T11:59:59Z');
  expect(await put(mails(acme.id, 9))).toEqual([...Array(8).fill(null), new Date('2026-12-01T12:00:00Z')]);
});

test('a lower quota counts from the next mail on, and a higher one uses the hours that were full', async () => {
  const acme = await makeOrganization(db);
  await put(mails(acme.id, 15));
  env().ORGANIZATION_EMAILS_PER_HOUR = 5;
  expect(await put(mails(acme.id, 1))).toEqual([new Date('2026-12-01T12:00:00Z')]);
  env().ORGANIZATION_EMAILS_PER_HOUR = 20;
  expect(await put(mails(acme.id, 10))).toEqual(Array(10).fill(null));
});

test('a mail that does not count reserves nothing: of an exempt kind, without an organization, or for the platform', async () => {
  const acme = await makeOrganization(db);
  await put(mails(acme.id, 10));
  const { params: _params, ...envelope } = mails(acme.id, 1)[0] ?? { to: { address: '', name: '' }, dedupeKey: '' };
  const news = [{ ...envelope, params: { words: 'Hello' } }];
  expect(await db.$transaction((tx) => insertEmails(tx, testNews, news))).toEqual([null]);
  expect(await put([...mails(null, 1), ...mails(acme.id, 1, { isForPlatform: true })])).toEqual([null, null]);
  expect(await db.emailQuota.findMany({ where: { organizationId: acme.id } })).toMatchObject([{ reserved: 10 }]);
});

test('mails of somebody who may invite everywhere do not count; those of an org admin do', async () => {
  const orgAdmin = await makeMember(db, { roles: ['org-admin'] });
  const root = await makeUser(db, { roles: ['system-admin'] });
  // A role on the platform alone is not enough: it has to be the right to invite.
  const author = await makeMember(db, { roles: ['org-admin'], organizationId: orgAdmin.organizationId });
  await owner.query(`INSERT INTO user_role (user_id, role_id) SELECT $1, id FROM role WHERE key = 'author'`, [
    author.id,
  ]);
  const send = (userId: string) =>
    workAs(db, userId, (work) => work.emails(testInvitation, mails(orgAdmin.organizationId, 10)), { exempt: true });
  expect(await send(root.id)).toEqual(Array(10).fill(null));
  expect(await send(orgAdmin.id)).toEqual(Array(10).fill(null));
  expect((await send(author.id))[0]).toEqual(new Date('2026-12-01T11:00:00Z'));
  expect(await send(root.id)).toEqual(Array(10).fill(null));
});

test('a reservation that is rolled back leaves its room to others', async () => {
  const acme = await makeOrganization(db);
  const failing = db.$transaction(async (tx) => {
    await insertEmails(tx, testInvitation, mails(acme.id, 10));
    throw new Error('rolled back');
  });
  await expect(failing).rejects.toThrow('rolled back');
  expect(await put(mails(acme.id, 10))).toEqual(Array(10).fill(null));
});

test('what is left of an hour is shown with the hour that has room again', async () => {
  const acme = await makeOrganization(db);
  const left = () => quotaLeft({ ...readsOn(db), may: () => false }, acme.id);
  const now = new Date('2026-12-01T10:20:00Z');
  const thisHour = new Date('2026-12-01T10:00:00Z');
  expect(await left()).toEqual({ emails: 10, from: thisHour, now });
  await put(mails(acme.id, 7));
  expect(await left()).toEqual({ emails: 3, from: thisHour, now });
  await put(mails(acme.id, 23));
  expect(await left()).toEqual({ emails: 0, from: new Date('2026-12-01T13:00:00Z'), now });
});

test('reservations at the same time never exceed an hour, and none is lost', async () => {
  const places = [await makeOrganization(db), await makeOrganization(db), await makeOrganization(db)];
  const ids = places.map(({ id }) => id);
  // Each transaction writes to all organizations, half of them in the other order, which would deadlock without an order.
  const write = (n: number) => put((n % 2 ? ids : ids.toReversed()).flatMap((id) => mails(id, 3 + (n % 4))));
  const written = await Promise.all(Array.from({ length: 24 }, (_, n) => write(n)));
  const each = written.flat().length / ids.length;
  for (const id of ids) {
    const hours = Object.values(await byHour(id));
    expect(hours.slice(0, -1)).toEqual(Array(hours.length - 1).fill(10));
    expect(hours.reduce((sum, emails) => sum + emails, 0)).toBe(each);
    const reserved = await db.emailQuota.findMany({ where: { organizationId: id }, orderBy: { hour: 'asc' } });
    expect(reserved.map((hour) => hour.reserved)).toEqual(hours);
  }
});

test('an organization does not wait for a reservation of another that is still open', async () => {
  const [slow, quick] = [await makeOrganization(db), await makeOrganization(db)];
  await db.$transaction(async (tx) => {
    await insertEmails(tx, testInvitation, mails(slow.id, 10));
    expect(await put(mails(quick.id, 1))).toEqual([null]);
  });
});

test('places of mails that are withdrawn while they wait are given back, those of this hour are used', async () => {
  const acme = await makeOrganization(db);
  const invitationId = newId();
  await put(mails(acme.id, 12));
  await put(mails(acme.id, 15).map((mail) => ({ ...mail, params: { ...mail.params, invitationId } })));
  expect(await put(mails(acme.id, 1))).toEqual([new Date('2026-12-01T12:42:00Z')]);
  await db.$transaction((tx) => withdrawEmails(writesOn(tx), testInvitation.link?.to.kind ?? '', [invitationId]));
  expect(await put(mails(acme.id, 1))).toEqual([new Date('2026-12-01T11:12:00Z')]);
});

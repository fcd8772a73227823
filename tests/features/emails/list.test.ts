import { testDatabase } from '@tests/support/database';
import { expect, test } from 'vitest';
import { getEmail } from '@/features/emails/details.queries';
import { listEmails } from '@/features/emails/list.queries';
import { readEmailFilter } from '@/features/emails/list.schema';
import { mailServiceState } from '@/features/emails/mail-service.queries';
import { newId } from '@/lib/ids';
import { noPreference } from '@/server/auth/session';
import { makeCan } from '@/server/handle';
import type { Can } from '@/server/work';

const { db } = await testDatabase();

/** A reader of the email log: everywhere, or in these organizations. */
function reader(...organizationIds: string[]): Can<'emails.read'> {
  const everywhere = [{ permission: 'emails.read', organizationId: null }];
  const grants = organizationIds.length
    ? organizationIds.map((organizationId) => ({ permission: 'emails.read', organizationId }))
    : everywhere;
  const actor = { id: newId(), email: 'a@acme.com', firstName: 'A', lastName: 'B' };
  const principal = { actor, sessionId: null, preference: noPreference, grants };
  return makeCan(db, principal, { id: newId(), ip: null, userAgent: null, path: '/emails' });
}

type Extra = Partial<Parameters<typeof db.email.create>[0]['data']>;

async function put(toAddress: string, extra: Extra = {}) {
  const id = newId();
  const base = { id, template: 'invitation', params: {}, toAddress, dedupeKey: id, messageId: `${id}@x` };
  await db.email.create({ data: { ...base, ...extra } as never });
  return id;
}

async function organization(name: string) {
  const id = newId();
  await db.organization.create({ data: { id, name, slug: name } });
  return id;
}

const list = (can: Can<'emails.read'>, filter: Record<string, string> = {}) => listEmails(can, readEmailFilter(filter));

test('readers inside an organization see only its own emails', async () => {
  const [ours, theirs] = [await organization('ours'), await organization('theirs')];
  const mine = await put('ada@acme.com', { organizationId: ours, state: 'sent', sentAt: new Date() });
  const other = await put('eve@evil.example', { organizationId: theirs, lastError: 'Their reason' });
  await put('platform@acme.com');
  const can = reader(ours);
  expect((await list(can)).rows.map((row) => row.id)).toEqual([mine]);
  for (const to of ['eve@evil.example', 'evil']) expect((await list(can, { to })).rows).toEqual([]);
  await expect(getEmail(can, other)).rejects.toMatchObject({ code: 'not_found' });
  expect(await mailServiceState(can)).toMatchObject({ queued: 0, oldestQueuedAt: null, waitingBecause: null });
  expect((await list(reader())).rows).toHaveLength(3);
  expect(await mailServiceState(reader())).toMatchObject({ queued: 2, waitingBecause: 'Their reason' });
});

test('pages lead to the end and back, with each email once', async () => {
  const at = new Date('2026-11-01T00:00:00.123Z');
  for (let n = 0; n < 120; n += 1) await put(`u${n}@acme.com`, { createdAt: at });
  const can = reader();
  const first = await list(can);
  const second = await list(can, { after: first.older ?? '' });
  const third = await list(can, { after: second.older ?? '' });
  const ids = [first, second, third].flatMap((page) => page.rows.map((row) => row.id));
  expect(new Set(ids).size).toBe(120);
  expect([first.newer, third.older]).toEqual([null, null]);
  expect((await list(can, { before: third.newer ?? '' })).rows).toEqual(second.rows);
  expect((await list(can, { after: second.older ?? '', to: 'acme' })).rows).toEqual(third.rows);
  expect((await list(can, { before: second.newer ?? '' })).rows).toEqual(first.rows);
});

test('filters narrow the list, and malformed filters are ignored', async () => {
  await put('ada@acme.com', { state: 'failed', response: '550 no' });
  await put('bob@acme.com', { template: 'password-reset' });
  await put('100%_x@acme.com');
  const to = async (filter: Record<string, string>) => (await list(reader(), filter)).rows.map((row) => row.toAddress);
  expect(await to({ state: 'failed' })).toEqual(['ada@acme.com']);
  expect(await to({ template: 'password-reset' })).toEqual(['bob@acme.com']);
  expect(await to({ to: ' ADA@acme.com ' })).toEqual(['ada@acme.com']);
  for (const part of ['b', 'bo', 'ob@ac', 'acme bob', 'BOB, me.com'])
    expect(await to({ to: part }), part).toEqual(['bob@acme.com']);
  for (const part of ['ob', 'ob@x', 'bob ada']) expect(await to({ to: part }), part).toEqual([]);
  expect(await to({ to: '100%_' })).toEqual(['100%_x@acme.com']);
  expect(await to({ to: '%' })).toEqual([]);
  expect(await to({ state: 'x', before: "1'; DROP", timeFrom: 'yesterday', timeTo: '2026-13-45' })).toHaveLength(3);
});

test('a search beyond the newest emails finds older ones', async () => {
  const old = await put('fruh@xn--mller-kva.de', { createdAt: new Date('2026-01-01') });
  await db.$executeRaw`
    INSERT INTO email (id, template, params, to_address, dedupe_key, message_id, created_at)
    SELECT gen_random_uuid(), 'invitation', '{}', 'a' || n || '@acme.com', 'bulk' || n, 'bulk' || n, now()
      FROM generate_series(1, 4001) n`;
  for (const to of ['müller', 'fr müller.de'])
    expect((await list(reader(), { to })).rows.map(({ id }) => id)).toEqual([old]);
  expect((await list(reader(), { to: 'a40 acme' })).rows).toHaveLength(13);
});

test('the last failure is shown with its reason', async () => {
  await put('a@acme.com', { state: 'failed', lastError: 'Old', nextAttemptAt: new Date('2026-01-01') });
  await put('b@acme.com', { state: 'unknown', lastError: 'New', nextAttemptAt: new Date('2026-02-01') });
  expect(await mailServiceState(reader())).toMatchObject({
    lastFailure: { at: new Date('2026-02-01'), sentence: 'New' },
    lastSentAt: null,
    queued: 0,
  });
});

test('an email that was deliberately not sent has its own state and is not a failure', async () => {
  const ours = await organization('on-purpose');
  const unsent = { state: 'unsent', lastError: 'Not sent: its link was cancelled.', organizationId: ours } as const;
  await put('queued-and-cancelled@acme.com', unsent);
  expect((await list(reader(), { state: 'unsent' })).rows).toMatchObject([{ state: 'unsent' }]);
  expect((await list(reader(), { state: 'failed' })).rows).toEqual([]);
  for (const can of [reader(), reader(ours)])
    expect(await mailServiceState(can)).toMatchObject({ lastFailure: null, queued: 0, waitingBecause: null });
});

import { testDatabase } from '@tests/support/database';
import { linkOf, readOutbox, startMailServer } from '@tests/support/mail';
import { afterEach, describe, expect, test } from 'vitest';
import { invitationLink } from '@/features/invitations/send.schema';
import { newId } from '@/lib/ids';
import { linkHash, linkUrl } from '@/server/auth/links';
import { drainOutbox } from '@/server/mail/drain';
import { insertEmails, type Mail } from '@/server/mail/outbox';
import { testInvitation, testNews } from './mail.support';

const { db, owner } = await testDatabase();

type Server = Awaited<ReturnType<typeof startMailServer>>;
const open: Server[] = [];
async function server(...args: Parameters<typeof startMailServer>) {
  const started = await startMailServer(...args);
  open.push(started);
  return started;
}
afterEach(async () => {
  await Promise.all(open.splice(0).map((one) => one.close()));
});

type News = Mail<typeof testNews.params>;

function news(to: string, words = 'Hello'): News {
  return { params: { words }, to: { address: to, name: '' }, dedupeKey: newId() };
}

async function invitation(email = 'ada@acme.com') {
  const id = newId();
  const userId = newId();
  await db.user.create({ data: { id: userId, email, status: 'invited' } });
  await db.invitation.create({
    data: { id, userId, email, tokenHash: linkHash(invitationLink, id, 1), expiresAt: new Date(Date.now() + 1e8) },
  });
  const params = { invitationId: id, version: 1, inviter: 'Grace' };
  const mail = { params, to: { address: email, name: '' }, dedupeKey: id };
  await db.$transaction((tx) => insertEmails(tx, testInvitation, [mail]));
  return id;
}

const put = (...mails: News[]) => db.$transaction((tx) => insertEmails(tx, testNews, mails));
const rows = () => db.email.findMany({ orderBy: { createdAt: 'asc' } });
const onlyRow = async () => (await rows())[0];
const due = () => owner.query(`UPDATE email SET next_attempt_at = app_now() - interval '1 second'`);
const crash = () => {
  throw new Error('the process died here');
};

describe('an accepted mail', () => {
  test('reaches its recipient with the link, and is recorded as sent', async () => {
    const { url, messages } = await server();
    const id = await invitation();
    const [outbox] = await readOutbox(db);
    expect(await drainOutbox({ smtpUrl: url })).toEqual({ settled: 1, isServerUnavailable: false });
    expect(messages).toHaveLength(1);
    const [mail] = messages;
    expect(mail?.to).toEqual(['ada@acme.com']);
    expect(mail?.from).toBe('rollcall@example.org');
    expect(mail?.parsed.subject).toBe('Grace invited you');
    expect(linkOf(mail?.parsed.text ?? '')).toBe(linkUrl(invitationLink, id, 1));
    expect(mail?.parsed.html).toContain(`href="${linkUrl(invitationLink, id, 1)}"`);
    expect(outbox?.link).toBe(linkUrl(invitationLink, id, 1));
    const row = await onlyRow();
    expect(row).toMatchObject({ state: 'sent', attempts: 1, lastError: null });
    expect(row?.response).toMatch(/^250 /);
    expect(mail?.parsed.messageId).toBe(`<${row?.messageId}>`);
    expect(JSON.stringify(row)).not.toContain(linkUrl(invitationLink, id, 1).split('/').at(-1));
    const after = await db.invitation.findUniqueOrThrow({ where: { id } });
    expect(after.delivery).toBe('sent');
    expect(after.sentAt).not.toBeNull();
  });

  test('leaves an opened invitation opened', async () => {
    const { url } = await server();
    const id = await invitation();
    await db.invitation.update({ where: { id }, data: { delivery: 'opened' } });
    await drainOutbox({ smtpUrl: url });
    expect(await db.invitation.findUniqueOrThrow({ where: { id } })).toMatchObject({ delivery: 'opened' });
  });

  test('wakes the worker in the transaction that queued it', async () => {
    await put(news('ada@acme.com'));
    await db
      .$transaction(async (tx) => {
        await insertEmails(tx, testNews, [news('bob@acme.com')]);
        throw new Error('rolled back');
      })
      .catch(() => undefined);
    const jobs = await owner.query(`SELECT 1 FROM pgboss.job WHERE name = 'emails.send'`);
    expect(jobs.rowCount).toBe(1);
    expect(await rows()).toHaveLength(1);
  });
});

describe('a mail that is not accepted', () => {
  test('is retried after a 451 and arrives', async () => {
    let first = true;
    const { url, messages } = await server({
      onRcpt: () => {
        if (!first) return undefined;
        first = false;
        return { code: 451, text: 'greylisted, come back later' };
      },
    });
    const id = await invitation();
    await drainOutbox({ smtpUrl: url });
    const waiting = await onlyRow();
    expect(waiting).toMatchObject({ state: 'pending', attempts: 1 });
    expect(waiting?.response).toContain('451 greylisted');
    expect(waiting?.nextAttemptAt.getTime()).toBeGreaterThan(Date.now() + 30_000);
    expect(await drainOutbox({ smtpUrl: url })).toEqual({ settled: 0, isServerUnavailable: false });
    await due();
    await drainOutbox({ smtpUrl: url });
    expect(await onlyRow()).toMatchObject({ state: 'sent', attempts: 2, lastError: null });
    expect(messages).toHaveLength(1);
    expect(await db.invitation.findUniqueOrThrow({ where: { id } })).toMatchObject({ delivery: 'sent' });
  });

  test('fails after the last attempt', async () => {
    const { url } = await server({ onRcpt: () => ({ code: 450, text: 'busy' }) });
    const id = await invitation();
    await owner.query('UPDATE email SET attempts = 10');
    await drainOutbox({ smtpUrl: url });
    const row = await onlyRow();
    expect(row?.state).toBe('failed');
    expect(row?.lastError).toContain('Gave up after 11 attempts');
    expect(await db.invitation.findUniqueOrThrow({ where: { id } })).toMatchObject({ delivery: 'failed' });
  });

  test('bounces after a 550 without delaying the next one', async () => {
    const { url, messages } = await server({
      onRcpt: (to) => (to === 'ada@acme.com' ? { code: 550, text: 'no such user' } : undefined),
    });
    const id = await invitation();
    await put(news('bob@acme.com'));
    await drainOutbox({ smtpUrl: url, lanes: 1 });
    expect(await onlyRow()).toMatchObject({
      state: 'failed',
      lastError: 'The mail server does not accept this recipient.',
    });
    expect(await db.invitation.findUniqueOrThrow({ where: { id } })).toMatchObject({
      delivery: 'bounced',
      sentAt: null,
    });
    expect(messages.map((mail) => mail.to)).toEqual([['bob@acme.com']]);
  });

  test('waits while the server is unavailable, without a hot loop, however many there are', async () => {
    await put(...Array.from({ length: 150 }, (_, n) => news(`u${n}@acme.com`)));
    expect(await drainOutbox({ smtpUrl: 'smtp://127.0.0.1:9' })).toEqual({ settled: 0, isServerUnavailable: true });
    const states = await db.email.groupBy({ by: ['state', 'attempts'], _count: true, orderBy: { attempts: 'asc' } });
    expect(states.map(({ state, attempts, _count }) => [state, attempts, _count])).toEqual([
      ['pending', 0, 50],
      ['pending', 1, 100],
    ]);
    const waiting = await db.email.findFirstOrThrow({ where: { attempts: 1 } });
    expect(waiting.lastError).toBe('The mail server cannot be reached.');
    const { url, messages } = await server();
    await drainOutbox({ smtpUrl: url });
    expect(messages).toHaveLength(50);
    await due();
    await drainOutbox({ smtpUrl: url });
    expect(new Set(messages.map((mail) => mail.to[0])).size).toBe(150);
  });

  test('is not sent when its link was replaced meanwhile', async () => {
    const { url, messages } = await server();
    const id = await invitation();
    await db.invitation.update({ where: { id }, data: { version: 2, tokenHash: linkHash(invitationLink, id, 2) } });
    await drainOutbox({ smtpUrl: url });
    expect(messages).toEqual([]);
    expect(await onlyRow()).toMatchObject({ state: 'unsent', sentAt: null });
    expect(await db.invitation.findUniqueOrThrow({ where: { id } })).toMatchObject({ delivery: 'queued' });
  });

  test('fails with a reference when its params are not the template’s', async () => {
    const { url, messages } = await server();
    await put(news('ada@acme.com'));
    await db.email.updateMany({ data: { params: { words: 7 } } });
    await drainOutbox({ smtpUrl: url });
    expect(messages).toEqual([]);
    expect((await onlyRow())?.lastError).toMatch(/could not be written. Reference: \w{8}/);
  });
});

describe('a crash', () => {
  test('between the answer and its record sends an invitation again, with the same Message-ID', async () => {
    const { url, messages } = await server();
    await invitation();
    const died = drainOutbox({ smtpUrl: url, onStep: (step) => (step === 'answered' ? crash() : undefined) });
    await expect(died).rejects.toThrow('died here');
    expect(await onlyRow()).toMatchObject({ state: 'sending' });
    await drainOutbox({ smtpUrl: url });
    expect(messages).toHaveLength(1);
    await due();
    await drainOutbox({ smtpUrl: url });
    expect(messages).toHaveLength(2);
    expect(new Set(messages.map((mail) => mail.parsed.messageId)).size).toBe(1);
    expect(await onlyRow()).toMatchObject({ state: 'sent' });
  });

  test.each(['taken', 'answered'] as const)('at "%s" never sends any other mail twice', async (where) => {
    const { url, messages } = await server();
    await put(news('ada@acme.com'));
    const died = drainOutbox({ smtpUrl: url, onStep: (step) => (step === where ? crash() : undefined) });
    await expect(died).rejects.toThrow('died here');
    await due();
    await drainOutbox({ smtpUrl: url });
    expect(messages).toHaveLength(where === 'taken' ? 0 : 1);
    expect(await onlyRow()).toMatchObject({ state: 'unknown' });
  });

  test('of the server after it took the mail leaves news as unknown and sends an invitation again', async () => {
    const { url, messages } = await server({ onData: () => 'drop' });
    await put(news('bob@acme.com'));
    await drainOutbox({ smtpUrl: url, lanes: 1 });
    expect(await onlyRow()).toMatchObject({ state: 'unknown' });
    await db.email.deleteMany();
    await invitation();
    await drainOutbox({ smtpUrl: url, lanes: 1 });
    expect(await onlyRow()).toMatchObject({ state: 'pending', attempts: 1 });
    expect(messages).toHaveLength(2);
  });

  test('that was only a stall writes nothing after another worker took over', async () => {
    const { url } = await server();
    await invitation();
    await drainOutbox({
      smtpUrl: url,
      onStep: async (step) => {
        if (step === 'answered') await owner.query(`UPDATE email SET attempts = 2, state = 'pending'`);
      },
    });
    expect(await onlyRow()).toMatchObject({ state: 'pending', sentAt: null });
  });
});

test('two simultaneous drains send each mail once', async () => {
  const { url, messages } = await server();
  await put(...Array.from({ length: 60 }, (_, n) => news(`u${n}@acme.com`)));
  const results = await Promise.all([drainOutbox({ smtpUrl: url }), drainOutbox({ smtpUrl: url })]);
  expect(results.reduce((sum, result) => sum + result.settled, 0)).toBe(60);
  expect(messages).toHaveLength(60);
  expect(new Set(messages.map((mail) => mail.to[0])).size).toBe(60);
});

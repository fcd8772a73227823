import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { newId } from '@/lib/ids';
import { findMail, keepNewest, listMails, storeMail } from '@/server/mail/mailbox-files';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'rollcall-mailbox-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function store(to: string) {
  const id = newId();
  await storeMail(folder, id, Buffer.from('Subject: hi\r\n\r\nhi'), {
    from: 'a@b.example',
    to: [to],
    receivedAt: new Date().toISOString(),
  });
  await new Promise((resolve) => setTimeout(resolve, 2));
  return id;
}

test('mails are listed newest first, filtered by recipient, and found by id', async () => {
  const first = await store('ada@acme.com');
  const second = await store('bob@acme.com');
  expect((await listMails(folder, { limit: 10 })).map((mail) => mail.id)).toEqual([second, first]);
  expect((await listMails(folder, { limit: 1 })).map((mail) => mail.id)).toEqual([second]);
  expect((await listMails(folder, { limit: 10, to: 'ADA@' })).map((mail) => mail.id)).toEqual([first]);
  expect((await findMail(folder, first))?.envelope.to).toEqual(['ada@acme.com']);
  for (const id of [newId(), '../../etc/passwd', '', first.toUpperCase(), `${first}.eml`]) {
    expect(await findMail(folder, id)).toBeNull();
  }
});

test('the oldest mails are removed together with their envelopes', async () => {
  await store('a@acme.com');
  const kept = [await store('b@acme.com'), await store('c@acme.com')];
  await keepNewest(folder, 2);
  expect((await listMails(folder, { limit: 10 })).map((mail) => mail.id)).toEqual(kept.reverse());
  expect(await readdir(folder)).toHaveLength(4);
});

test('a missing folder lists no mails', async () => {
  expect(await listMails(path.join(folder, 'none'), { limit: 10 })).toEqual([]);
});

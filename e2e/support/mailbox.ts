import { readFile } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import PostalMime from 'postal-mime';
import { listMails, type StoredMail } from '../../src/server/mail/mailbox-files';

export type MailboxMail = {
  id: string;
  to: string[];
  subject: string;
  text: string;
  html: string;
  link: string | null;
};

type Wanted = {
  /** Default: MAILBOX_DIR. */
  directory?: string;
  /** Only mails received after this. */
  after?: Date;
  subject?: RegExp;
  timeoutMs?: number;
};

/** Waits for a mail to this address and answers the newest, with the link in it. */
export async function waitForMail(address: string, wanted: Wanted = {}): Promise<MailboxMail> {
  const { directory = process.env.MAILBOX_DIR ?? '.data/mailbox', after, subject, timeoutMs = 20_000 } = wanted;
  const end = Date.now() + timeoutMs;
  for (;;) {
    for (const stored of await listMails(directory, { to: address, limit: 20 })) {
      const { envelope } = stored;
      if (!envelope.to.includes(address) || (after && new Date(envelope.receivedAt) <= after)) continue;
      const mail = await readStored(stored);
      if (!subject || subject.test(mail.subject)) return mail;
    }
    if (Date.now() > end) throw new Error(`No mail to ${address} came within ${timeoutMs} ms.`);
    await wait(100);
  }
}

async function readStored({ id, envelope, file }: StoredMail): Promise<MailboxMail> {
  const { subject = '', text = '', html = '' } = await PostalMime.parse(await readFile(file));
  return { id, to: envelope.to, subject, text, html, link: /https?:\/\/\S+/.exec(text)?.[0] ?? null };
}

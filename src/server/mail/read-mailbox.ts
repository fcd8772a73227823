import { readFile } from 'node:fs/promises';
import PostalMime from 'postal-mime';
import { env, hasMailbox } from '../env';
import { Fail } from '../fail';
import type { PublicCan } from '../handle';
import { isLoopback } from '../loopback';
import { findMail, listMails, type StoredMail } from './mailbox-files';

export type MailSummary = { id: string; to: string[]; from: string; receivedAt: Date; subject: string };

export type Mail = MailSummary & {
  headers: { name: string; value: string }[];
  text: string;
  html: string | null;
};

export const listedMails = 50;

// Shows everybody's links: not found with a real mail server, off loopback, or for a peer that is not on this machine.
function folderFor(can: PublicCan): string {
  const { MAILBOX_DIR } = env();
  const isNear = can.request.ip !== null && isLoopback(can.request.ip);
  if (!MAILBOX_DIR || !hasMailbox() || !isNear) throw new Fail('not_found');
  return MAILBOX_DIR;
}

export async function listMailbox(can: PublicCan, to?: string): Promise<MailSummary[]> {
  const stored = await listMails(folderFor(can), { limit: listedMails, ...(to && { to }) });
  return Promise.all(stored.map(readStored));
}

/** One mail. Its recipients are those of the envelope, not of the headers. */
export async function readMailboxMail(can: PublicCan, id: string): Promise<Mail> {
  const stored = await findMail(folderFor(can), id);
  if (!stored) throw new Fail('not_found');
  return readStored(stored);
}

async function readStored({ id, file, envelope }: StoredMail): Promise<Mail> {
  const parsed = await PostalMime.parse(await readFile(file));
  return {
    id,
    to: envelope.to,
    from: envelope.from,
    receivedAt: new Date(envelope.receivedAt),
    subject: parsed.subject ?? '',
    headers: parsed.headers.map(({ originalKey, value }) => ({ name: originalKey, value })),
    text: parsed.text ?? '',
    html: parsed.html ?? null,
  };
}

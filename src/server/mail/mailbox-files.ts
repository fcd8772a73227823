import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { isId } from '@/lib/ids';

/** How many mails are kept; older ones go. */
const keptMails = 2000;

/** What the SMTP conversation said, which need not be what the headers say. */
export type Envelope = { from: string; to: string[]; receivedAt: string };

export type StoredMail = { id: string; envelope: Envelope; file: string };

const namePattern = /^\d{13}-([0-9a-f-]{36})\.eml$/;

/**
 * Writes a mail as `<milliseconds>-<id>.eml` with its envelope as JSON beside it. The mail is renamed into place last:
 * whoever lists the folder sees a whole mail with its envelope, or none.
 */
export async function storeMail(folder: string, id: string, raw: Buffer, envelope: Envelope): Promise<string> {
  const name = path.join(folder, `${Date.now().toString().padStart(13, '0')}-${id}`);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await writeFile(`${name}.json`, JSON.stringify(envelope), { mode: 0o600 });
  await writeFile(`${name}.part`, raw, { mode: 0o600 });
  await rename(`${name}.part`, `${name}.eml`);
  return id;
}

/** Names of the mails, newest first; none when the folder is not there yet. */
async function listNames(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  return names
    .filter((name) => namePattern.test(name))
    .sort()
    .reverse();
}

/** Newest first, at most `limit`; `to` keeps those whose recipients contain it. */
export async function listMails(folder: string, options: { to?: string; limit: number }): Promise<StoredMail[]> {
  const wanted = options.to?.toLowerCase() ?? '';
  const found: StoredMail[] = [];
  for (const name of await listNames(folder)) {
    if (found.length >= options.limit) break;
    const envelope = await readEnvelope(folder, name);
    if (envelope?.to.some((address) => address.toLowerCase().includes(wanted))) {
      found.push({ id: idOf(name), envelope, file: path.join(folder, name) });
    }
  }
  return found;
}

/** One mail by its id; null when it was never there or went by age. */
export async function findMail(folder: string, id: string): Promise<StoredMail | null> {
  if (!isId(id)) return null;
  const name = (await listNames(folder)).find((candidate) => idOf(candidate) === id);
  const envelope = name ? await readEnvelope(folder, name) : null;
  return name && envelope ? { id, envelope, file: path.join(folder, name) } : null;
}

/** Removes what is older than the newest `keep` mails. */
export async function keepNewest(folder: string, keep = keptMails): Promise<void> {
  for (const name of (await listNames(folder)).slice(keep)) {
    await rm(path.join(folder, name), { force: true });
    await rm(path.join(folder, name.replace(/eml$/, 'json')), { force: true });
  }
}

async function readEnvelope(folder: string, name: string): Promise<Envelope | null> {
  const text = await readFile(path.join(folder, name.replace(/eml$/, 'json')), 'utf8').catch(() => null);
  return text === null ? null : (JSON.parse(text) as Envelope);
}

function idOf(name: string): string {
  return namePattern.exec(name)?.[1] ?? '';
}

import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { isId } from '@/lib/ids';
import { searchTerms } from '@/lib/search-terms';

const keptMails = 2000;

/** From the SMTP session, which can differ from the headers. */
export type Envelope = { from: string; to: string[]; receivedAt: string };

export type StoredMail = { id: string; envelope: Envelope; file: string };

const namePattern = /^\d{13}-([0-9a-f-]{36})\.eml$/;

/** Renamed into place last, so a listing never shows a mail without its envelope (JSON beside it) or in part. */
export async function storeMail(folder: string, id: string, raw: Buffer, envelope: Envelope): Promise<string> {
  const name = path.join(folder, `${Date.now().toString().padStart(13, '0')}-${id}`);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await writeFile(`${name}.json`, JSON.stringify(envelope), { mode: 0o600 });
  await writeFile(`${name}.part`, raw, { mode: 0o600 });
  await rename(`${name}.part`, `${name}.eml`);
  return id;
}

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

/** Newest first. Every word of `to` is a part of a recipient's address. */
export async function listMails(folder: string, options: { to?: string; limit: number }): Promise<StoredMail[]> {
  const words = searchTerms(options.to?.toLowerCase() ?? '').words;
  const isWanted = (address: string) =>
    words.every(({ text, ascii }) => address.includes(text) || (ascii !== null && address.includes(ascii)));
  const found: StoredMail[] = [];
  for (const name of await listNames(folder)) {
    if (found.length >= options.limit) break;
    const envelope = await readEnvelope(folder, name);
    if (envelope?.to.some((address) => isWanted(address.toLowerCase()))) {
      found.push({ id: idOf(name), envelope, file: path.join(folder, name) });
    }
  }
  return found;
}

export async function findMail(folder: string, id: string): Promise<StoredMail | null> {
  if (!isId(id)) return null;
  const name = (await listNames(folder)).find((candidate) => idOf(candidate) === id);
  const envelope = name ? await readEnvelope(folder, name) : null;
  return name && envelope ? { id, envelope, file: path.join(folder, name) } : null;
}

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

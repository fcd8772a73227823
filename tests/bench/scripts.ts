import { readdirSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Client } from 'pg';
import { emptyPath } from './app';
import { fetchGood, fetchPage } from './http';
import { root } from './place';
import type { Result } from './report';
import type { Visitor } from './visitors';

const allowance = 40;

/** P17: the compressed scripts that a browser loads before any click, beyond an empty page of the same build. */
export async function measureScripts(client: Client, url: string, admin: Visitor, users: number): Promise<Result> {
  const known = new Map<string, number>();
  const kilobytes = async (at: string, cookie?: string) => {
    const answer = await fetchPage(url + at, { ...(cookie && { cookie }) });
    if (answer.status !== 200) return null;
    let bytes = 0;
    for (const script of scriptsOf(answer.body.toString())) {
      const size = known.get(script) ?? gzipSync((await fetchGood(new URL(script, url).href)).body).length;
      known.set(script, size);
      bytes += size;
    }
    return bytes / 1000;
  };
  const empty = await kilobytes(emptyPath);
  if (!empty) throw new Error('the empty page is not there');
  const pages: { at: string; size: number }[] = [];
  const unseen: string[] = [];
  for (const at of await consoleAddresses(client)) {
    const size = await kilobytes(at, admin.cookie);
    if (size === null) unseen.push(at);
    else pages.push({ at, size });
  }
  const [worst] = pages.toSorted((a, b) => b.size - a.size);
  if (!worst) throw new Error('no console page answers');
  const note = `${worst.at}, +${(worst.size - empty).toFixed(1)} kB; ${pages.length} pages${unseen.length ? `, not reached: ${unseen.join(' ')}` : ''}`;
  return {
    id: `P17@${users}`,
    value: worst.size,
    limit: empty,
    ratio: worst.size / empty,
    target: allowance,
    ok: worst.size - empty <= allowance,
    unit: 'kB',
    rule: `≤ ${allowance} kB more`,
    note,
  };
}

/** Script elements and preloads. Scripts that `import()` loads later do not count. */
function scriptsOf(html: string): Set<string> {
  const found = [
    ...html.matchAll(/<script[^>]*\ssrc="([^"]+)"[^>]*>/g),
    ...html.matchAll(/<link[^>]*rel="(?:modulepreload|preload)"[^>]*as="script"[^>]*href="([^"]+)"/g),
    ...html.matchAll(/<link[^>]*href="([^"]+)"[^>]*as="script"/g),
  ];
  const old = new Set(
    [...html.matchAll(/<script[^>]*noModule[^>]*>/gi)].map((match) => /src="([^"]+)"/.exec(match[0])?.[1]),
  );
  return new Set(found.map((match) => match[1] ?? '').filter((src) => src && !old.has(src)));
}

/** Every console page by its file, with parameters from existing records. Pages without such a record are left out. */
async function consoleAddresses(client: Client): Promise<string[]> {
  const pages = readdirSync(path.join(root, 'src/app/(console)'), { recursive: true, encoding: 'utf8' })
    .filter((file) => /(^|\/)page\.tsx$/.test(file))
    .map((file) => `/${file.replace(/\/?page\.tsx$/, '')}`);
  const addresses: string[] = [];
  for (const page of pages) {
    const table = Object.keys(examples).find((prefix) => page.startsWith(prefix));
    const example = table ? examples[table as keyof typeof examples] : undefined;
    if (!page.includes('[')) addresses.push(page.replace(/\/\([^)]*\)/g, ''));
    else if (example) {
      const { rows } = await client.query<{ value: string }>(example);
      if (rows[0]) addresses.push(page.replace(/\[[^\]]+\]/, rows[0].value));
    }
  }
  return addresses.filter((address) => !address.includes('[')).toSorted();
}

const examples = {
  '/users/': `SELECT id AS value FROM "user" WHERE status = 'active' ORDER BY created_at LIMIT 1`,
  '/groups/': `SELECT id AS value FROM "group" LIMIT 1`,
  '/organizations/': `SELECT slug AS value FROM organization WHERE status = 'active' LIMIT 1`,
  '/roles/': `SELECT key AS value FROM role WHERE key = 'member'`,
  '/invitations/': `SELECT id AS value FROM invitation WHERE state = 'open' LIMIT 1`,
  '/audit/': `SELECT id AS value FROM audit_event ORDER BY seq DESC LIMIT 1`,
  '/emails/': `SELECT id AS value FROM email LIMIT 1`,
};

import type { KeyObject } from 'node:crypto';
import { createReadStream, existsSync, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { withAuditDatabase } from '@/server/audit-chain/database';
import type { AuditSource } from '@/server/audit-chain/entries';
import { fileSource, writeAuditFile } from '@/server/audit-chain/file-source';
import type { Verdict } from '@/server/audit-chain/findings';
import { type Anchor, fingerprintOf } from '@/server/audit-chain/seals';
import { type Doubts, verifyAudit } from '@/server/audit-chain/verify';
import { auditKeys } from '@/server/keys';
import { publicKeyText, readPublicKey } from '@/server/signing-key';

const shown = 20;

/**
 * `verify-audit [--public-key <file or base64>]… [--last-seal <seq:hash>] [--log <file>] [--file <copy>] [--json]`: holds the audit log
 * against its seals, and against every seal that the log of the process names. Ends with 1 when anything differs. With `--file` it needs no database and none of the settings.
 */
export async function verifyAuditLog(args: string[]) {
  const { values } = parseArgs({
    args,
    options: {
      'public-key': { type: 'string', multiple: true, default: [] },
      'last-seal': { type: 'string' },
      log: { type: 'string', multiple: true, default: [] },
      file: { type: 'string' },
      json: { type: 'boolean', default: false },
    },
  });
  const given = values['public-key'].map(readKey);
  const anchor = readAnchor(values['last-seal']);
  const earlier = (await Promise.all(values.log.map(sealsInLog))).flat();
  const { file } = values;
  const publicKeys = given.length > 0 || file ? given : [auditKeys().publicKey];
  const options = { publicKeys, anchor, earlier, ...(process.stderr.isTTY && { progress }) };
  const verdict = file
    ? await verifyAudit(await fileSource(file), options)
    : await withAuditDatabase((source) => verifyAudit(source, options));
  const unproven = unprovenBy(verdict, {
    isOwnKey: given.length === 0,
    hasKey: publicKeys.length > 0,
    anchor,
    earlier,
  });
  const report = values.json ? JSON.stringify({ ...verdict, unproven }, null, 2) : reportOf(verdict, unproven);
  process.stdout.write(`${report}\n`);
  if (!verdict.ok) process.exitCode = 1;
}

/** `audit-key`: the public half of the key that signs the audit log, to be kept where the server cannot reach it. */
export async function printAuditKey() {
  const { privateKey, publicKey } = auditKeys();
  process.stdout.write(`${publicKeyText(privateKey)}\n`);
  process.stderr.write(`Fingerprint ${fingerprintOf(publicKey)}. Keep the line above away from this server.\n`);
}

/** `export-audit <file> [--without-details]`: a copy for `verify-audit --file`. */
export async function exportAudit(args: string[]) {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { 'without-details': { type: 'boolean', default: false } },
  });
  const [path] = positionals;
  if (!path) throw new Error('Name the file: npm run rollcall -- export-audit audit.jsonl');
  if (existsSync(path)) throw new Error(`${path} is there already. Name another file.`);
  const details = !values['without-details'];
  const events = await withAuditDatabase((source: AuditSource) => writeAuditFile(source, path, { details }));
  process.stdout.write(`Wrote ${count(events)} events with their seals to ${path}.\n`);
}

function readKey(given: string): KeyObject {
  const key = readPublicKey(existsSync(given) ? readFileSync(given, 'utf8') : given);
  if (!key) throw new Error('--public-key takes what "npm run rollcall -- audit-key" prints, or a file that holds it.');
  return key;
}

function readAnchor(given: string | undefined): Anchor | null {
  if (given === undefined) return null;
  const [, lastSeq, hash] = /^(\d{1,19}):([0-9a-f]{64})$/.exec(given.trim()) ?? [];
  if (!lastSeq || !hash) {
    throw new Error(
      '--last-seal takes what the log says after "seal" in its last line "audit.sealed", such as 1204:9f86d0…',
    );
  }
  return { lastSeq, hash };
}

/** The seals in the lines `audit.sealed` of a log; other lines, and what a collector wrote around ours, do not matter. */
async function sealsInLog(path: string): Promise<Anchor[]> {
  const anchors: Anchor[] = [];
  for await (const line of createInterface({ input: createReadStream(path, 'utf8') })) {
    if (!line.includes('audit.sealed')) continue;
    const [, lastSeq, hash] = /\b(\d{1,19}):([0-9a-f]{64})\b/.exec(line) ?? [];
    if (lastSeq && hash) anchors.push({ lastSeq, hash });
  }
  if (anchors.length === 0) throw new Error(`${path} has no line "audit.sealed". Give the log of the worker.`);
  return anchors;
}

/** What this run could not show, said as plainly as what it did. */
type Run = { isOwnKey: boolean; hasKey: boolean; anchor: Anchor | null; earlier: Anchor[] };

function unprovenBy(verdict: Verdict & Doubts, run: Run): string[] {
  const list: string[] = [];
  if (!run.hasKey) list.push('No public key was given: anybody could have sealed the log anew. Give --public-key.');
  else if (run.isOwnKey)
    list.push(
      "The key came from this server's own settings: whoever had them could have sealed the log anew. Keep the output of audit-key elsewhere and give it as --public-key.",
    );
  const last = run.anchor ?? run.earlier.at(-1);
  if (!last)
    list.push(
      'No seal of the log was given: if the end had been cut off, this would not show. Give --log or --last-seal.',
    );
  else if (verdict.ok && verdict.lastSeal !== `${last.lastSeq}:${last.hash}`)
    list.push(
      `The seal given is not the last one: if what came after event ${last.lastSeq} had been cut off, this would not show.`,
    );
  if (last && run.earlier.length === 0)
    list.push(
      'One seal of the log was given: if events before it had been changed and sealed anew by the server, this would not show. Give --log.',
    );
  const { unnamed } = verdict;
  if (unnamed.count > 0)
    list.push(
      `The log given does not name ${count(unnamed.count)} of the seals, the first of them up to event ${unnamed.first}: what they cover could have been changed and sealed anew. Give the older logs too, each as --log.`,
    );
  list.push(...doubtsOf(verdict));
  if (verdict.unsealed > 0)
    list.push(`${count(verdict.unsealed)} events at the end are not sealed yet: changes to those would not show.`);
  return list;
}

/** What the seals cannot tell, for the server seals whatever is in its tables. */
function doubtsOf({ hasDetails, forgotten, forgettings, backdated }: Doubts & Pick<Verdict, 'forgotten'>): string[] {
  const list: string[] = [];
  if (!hasDetails) list.push('This copy holds no details: changes to names, addresses and reasons would not show.');
  if (forgotten > 0) {
    const where = forgettings.map(({ seq, at }) => `event ${seq} of ${at}`).join(', ');
    list.push(
      `That somebody asked to be forgotten: who can write to the database can write that too. Compare with your records: ${where}.`,
    );
  }
  if (backdated.count > 0)
    list.push(
      `That ${count(backdated.count)} events happened when they say: they were sealed more than an hour later than others of their time. The first is event ${backdated.first}.`,
    );
  list.push('That nothing was deleted in the seconds before it was sealed.');
  return list;
}

function reportOf(verdict: Verdict, unproven: string[]): string {
  const { events, details, seals, forgotten, findings, found, lastSeal, keys } = verdict;
  const lines = [
    verdict.ok
      ? `The audit log is as it was sealed: ${count(events)} events, ${count(details)} with details, ${count(seals)} seals.`
      : `The audit log is NOT as it was sealed. ${count(found)} ${found === 1 ? 'thing differs' : 'things differ'}; first:`,
    ...findings.slice(0, shown).map(({ words, eventId }) => `  - ${words}${eventId ? ` (${eventId})` : ''}`),
  ];
  if (found > shown)
    lines.push(`  and ${count(found - shown)} more${found > findings.length ? '' : ', all of them with --json'}.`);
  if (!verdict.ok) lines.push(`Read: ${count(events)} events, ${count(details)} with details, ${count(seals)} seals.`);
  if (forgotten > 0) lines.push(`${count(forgotten)} events have no details any more, because somebody was forgotten.`);
  for (const key of keys)
    lines.push(`Seals ${key.fromSeal} to ${key.toSeal} are signed by the key ${key.fingerprint}.`);
  if (lastSeal) lines.push(`Last seal: ${lastSeal}`);
  if (unproven.length > 0) lines.push('Not proven:', ...unproven.map((line) => `  - ${line}`));
  return lines.join('\n');
}

let told = 0;

function progress(events: number, total: number | null) {
  if (Date.now() - told < 1000) return;
  told = Date.now();
  process.stderr.write(`  ${count(events)}${total === null ? '' : ` of ${count(total)}`} events\n`);
}

function count(n: number): string {
  return n.toLocaleString('en');
}

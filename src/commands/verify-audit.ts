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

/** Also checks against every seal named in the log of the process. Exits with 1 on a difference. */
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
  const unproven = limitsOfProof(verdict, {
    isOwnKey: given.length === 0,
    hasKey: publicKeys.length > 0,
    anchor,
    earlier,
  });
  const report = values.json ? JSON.stringify({ ...verdict, unproven }, null, 2) : reportOf(verdict, unproven);
  process.stdout.write(`${report}\n`);
  if (!verdict.ok) process.exitCode = 1;
}

/** `audit-key`: prints the public half of the signing key, to be stored outside this server. */
export async function printAuditKey() {
  const { privateKey, publicKey } = auditKeys();
  process.stdout.write(`${publicKeyText(privateKey)}\n`);
  process.stderr.write(`Fingerprint ${fingerprintOf(publicKey)}. Keep the line above away from this server.\n`);
}

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

type Run = { isOwnKey: boolean; hasKey: boolean; anchor: Anchor | null; earlier: Anchor[] };

function limitsOfProof(verdict: Verdict & Doubts, run: Run): string[] {
  const list: string[] = [];
  if (!run.hasKey) list.push('No public key was given: anybody could have sealed the log again. Give --public-key.');
  else if (run.isOwnKey)
    list.push(
      "The key came from this server's own settings: anybody who has them could have sealed the log again. Keep the output of audit-key elsewhere and give it as --public-key.",
    );
  const last = run.anchor ?? run.earlier.at(-1);
  if (!last) list.push('No seal of the log was given, so a cut-off end would not show. Give --log or --last-seal.');
  else if (verdict.ok && verdict.lastSeal !== `${last.lastSeq}:${last.hash}`)
    list.push(`The given seal is not the last one, so a cut-off end after event ${last.lastSeq} would not show.`);
  if (last && run.earlier.length === 0)
    list.push(
      'Only one seal of the log was given. If earlier events were changed and the server sealed them again, this would not show. Give --log.',
    );
  const { unnamed } = verdict;
  if (unnamed.count > 0)
    list.push(
      `The given log does not name ${count(unnamed.count)} of the seals, the first of them up to event ${unnamed.first}. Their events could have been changed and sealed again. Give the older logs too, each as --log.`,
    );
  list.push(...doubtsOf(verdict));
  if (verdict.unsealed > 0)
    list.push(`${count(verdict.unsealed)} events at the end are not sealed yet, so changes to them would not show.`);
  return list;
}

/** Seals cannot show these, because the server seals everything in its tables. */
function doubtsOf({ hasDetails, forgotten, forgettings, backdated }: Doubts & Pick<Verdict, 'forgotten'>): string[] {
  const list: string[] = [];
  if (!hasDetails) list.push('This copy has no details, so changes to names, addresses and reasons would not show.');
  if (forgotten > 0) {
    const where = forgettings.map(({ seq, at }) => `event ${seq} of ${at}`).join(', ');
    list.push(
      `That somebody asked to be forgotten: anybody who can write to the database can add such an event. Compare with your records: ${where}.`,
    );
  }
  if (backdated.count > 0)
    list.push(
      `That ${count(backdated.count)} events happened at their stated time: they were sealed more than an hour later than others of that time. The first is event ${backdated.first}.`,
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
  if (forgotten > 0) lines.push(`${count(forgotten)} events no longer have details, because a person was forgotten.`);
  for (const key of keys)
    lines.push(`Seals ${key.fromSeal} to ${key.toSeal} are signed by the key ${key.fingerprint}.`);
  if (lastSeal) lines.push(`Last seal: ${lastSeal}`);
  if (unproven.length > 0) lines.push('Not proven:', ...unproven.map((line) => `  - ${line}`));
  return lines.join('\n');
}

let reportedAt = 0;

function progress(events: number, total: number | null) {
  if (Date.now() - reportedAt < 1000) return;
  reportedAt = Date.now();
  process.stderr.write(`  ${count(events)}${total === null ? '' : ` of ${count(total)}`} events\n`);
}

function count(n: number): string {
  return n.toLocaleString('en');
}

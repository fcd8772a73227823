import { generateKeyPairSync } from 'node:crypto';
import type { Client } from 'pg';
import { databaseSource } from '@/server/audit-chain/database-source';
import type { Verdict } from '@/server/audit-chain/findings';
import { verifyAudit } from '@/server/audit-chain/verify';
import { withClient } from '@/server/db/cluster';
import { auditKeys } from '@/server/keys';
import type { Fault, FaultOutcome } from './fault';
import { readLog, writeLog } from './support/audit-log';
import { openPlace } from './support/place';
import type { Tampering, Target } from './support/tampering';
import { tamperingsOf } from './support/tamperings';

const wanted = 1_000;
const oneOfEachKind = 90;

export const r20: Fault = {
  id: 'R20',
  what: 'sealed audit rows tampered with in 1,000 ways, as superuser',
  mustHold: 'each found and located, with the public key and the last logged seal',
  async run({ share, say }) {
    const place = await openPlace('R20', { LOG_LEVEL: 'error' });
    try {
      await writeLog(place.db);
      return await withClient(place.superuserUrl, (client) =>
        tamper(client, Math.max(oneOfEachKind, Math.ceil(wanted * share)), say),
      );
    } finally {
      await place.close();
    }
  },
};

async function tamper(client: Client, runs: number, say: (line: string) => void): Promise<FaultOutcome> {
  await client.query('BEGIN');
  const { events, seals } = await readLog(client);
  const last = seals.at(-1);
  if (!last) throw new Error('There is nothing sealed to tamper with.');
  const options = { publicKeys: [auditKeys().publicKey], anchor: { lastSeq: last.lastSeq, hash: last.hash } };
  const verdictNow = async () => verifyAudit(await databaseSource(client), options);
  const untouched = await verdictNow();
  if (!untouched.ok)
    return { runs: 0, broken: [`the log differs before any tampering: ${wordsOf(untouched)}`], note: '' };
  const foreignKey = generateKeyPairSync('ed25519').privateKey;
  const all = interleave(
    events.flatMap((event, n) => {
      const seal = seals.find(({ lastSeq }) => Number(lastSeq) >= Number(event.seq));
      const other = events[n + 1];
      if (event.action !== 'user.updated' || other?.action !== 'user.updated' || !seal) return [];
      const target: Target = { event, other, seal, last, foreignKey, ownKey: auditKeys().privateKey };
      return [tamperingsOf(target)];
    }),
  );
  const broken: string[] = [];
  for (const [n, tampering] of all.slice(0, runs).entries()) {
    await client.query('SAVEPOINT untouched');
    await apply(client, tampering);
    const verdict = await verdictNow();
    const problem = problemOf(verdict, tampering);
    if (problem) broken.push(`${tampering.name}: ${problem}`);
    await client.query('ROLLBACK TO untouched');
    if ((n + 1) % 100 === 0) say(`${n + 1} ways done`);
  }
  const kinds = new Set(all.slice(0, runs).map(({ name }) => name)).size;
  if (all.length < runs) broken.push(`only ${all.length} ways are known`);
  if (!(await verdictNow()).ok) broken.push('the log differs after everything was rolled back');
  await client.query('ROLLBACK');
  return {
    runs: Math.min(runs, all.length),
    broken,
    note: `${kinds} kinds on ${events.length} events, each found at its row`,
  };
}

async function apply(client: Client, { apply: steps }: Tampering) {
  if (typeof steps === 'function') await steps(client);
  else for (const statement of steps) await client.query(statement);
}

function problemOf({ ok, findings }: Verdict, { events, seals }: Tampering): string | null {
  const [first] = findings;
  if (ok || !first) return 'not found';
  const isThere = events?.includes(first.seq ?? 'none') || seals?.includes(first.sealId ?? '');
  return isThere ? null : `found, but reported at event ${first.seq}, seal ${first.sealId}: ${first.words}`;
}

function wordsOf({ findings }: Verdict): string {
  return findings.map(({ words }) => words).join(' ');
}

/** One of each kind comes before the second of any, so that a tenth of the run covers all kinds. */
function interleave(lists: Tampering[][]): Tampering[] {
  const longest = Math.max(0, ...lists.map((list) => list.length));
  return Array.from({ length: longest }, (_, kind) => lists.flatMap((list) => list[kind] ?? []))
    .flatMap((ofKind) => ofKind.map((tampering, n) => ({ tampering, n })))
    .sort((a, b) => a.n - b.n)
    .map(({ tampering }) => tampering);
}

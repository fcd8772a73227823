import type { Client } from 'pg';
import { to } from 'pg-copy-streams';
import type { AuditSource, EventEntry, SealEntry } from './entries';

/** Small enough that a piece is garbage collected while it is young. */
const eventsAtOnce = 2000;
const sealsAtOnce = 2_000;

/** `client` must be in REPEATABLE READ, or rows are missed. The schema is named: no search path substitutes a log. */
export async function databaseSource(client: Client): Promise<AuditSource> {
  await client.query(
    `SELECT set_config('TimeZone', 'UTC', true), set_config('DateStyle', 'ISO, YMD', true), set_config('bytea_output', 'hex', true),
            set_config('idle_in_transaction_session_timeout', '0', true)`,
  );
  // Nested loops in index order: any other join would sort the whole log for every piece, and starting parallel workers
  // takes longer than reading a piece.
  await client.query(
    `SELECT set_config('enable_hashjoin', 'off', true), set_config('enable_mergejoin', 'off', true), set_config('max_parallel_workers_per_gather', '0', true)`,
  );
  const { rows } = await client.query<{ events: number; details: number; seals: number; now: Date }>(
    `SELECT (SELECT count(*) FROM public.audit_event)::float8 AS events, (SELECT count(*) FROM public.audit_detail)::float8 AS details,
            (SELECT count(*) FROM public.audit_seal)::float8 AS seals, public.app_now() AS now`,
  );
  const [found] = rows;
  if (!found) throw new Error('The database does not answer.');
  const { now, ...totals } = found;
  return {
    hasDetails: true,
    takenAt: now,
    totals,
    pieces: () => merge(client),
    eventHashesOf: async (sealId) => {
      const answer = await client.query<{ hashes: string | null }>(
        `SELECT encode(event_hashes, 'hex') AS hashes FROM public.audit_seal WHERE id = $1`,
        [sealId],
      );
      return answer.rows[0]?.hashes ?? null;
    },
    looseDetails: async () => {
      await client.query(`SELECT set_config('enable_hashjoin', 'on', true)`);
      const answer = await client.query<{ first: string | null; count: number }>(
        `SELECT min(d.event_id::text) AS first, count(*)::float8 AS count FROM public.audit_detail d
          WHERE NOT EXISTS (SELECT FROM public.audit_event e WHERE e.id = d.event_id)`,
      );
      return answer.rows[0] ?? { first: null, count: 0 };
    },
  };
}

/** Each seal before its events. Both are read thousands ahead; the database reads the next piece meanwhile. */
async function* merge(client: Client): AsyncGenerator<(EventEntry | SealEntry)[]> {
  const sealPages = pages((after) => copyLines(client, sealsAfter(after)), sealsAtOnce);
  let seals: SealEntry[] = [];
  let at = 0;
  let end = Number.NEGATIVE_INFINITY;
  let hasSeals = true;
  const piece: (EventEntry | SealEntry)[] = [];
  const sealsBefore = async (seq: number) => {
    while (hasSeals && end < seq) {
      if (at === seals.length) {
        const next = await sealPages.next();
        if (next.done) {
          hasSeals = false;
          return;
        }
        seals = next.value.map(sealOf);
        at = 0;
      }
      const seal = seals[at];
      at += 1;
      if (!seal) continue;
      piece.push(seal);
      end = Number(seal.lastSeq);
    }
  };
  for await (const lines of pages((after) => copyLines(client, eventsAfter(after)), eventsAtOnce)) {
    for (const line of lines) {
      const event = eventOf(line);
      const seq = Number(event.seq);
      if (hasSeals && end < seq) await sealsBefore(seq);
      piece.push(event);
    }
    yield piece.splice(0);
  }
  await sealsBefore(Number.POSITIVE_INFINITY);
  yield piece;
}

async function* pages(read: (after: string | null) => Promise<string[]>, size: number): AsyncGenerator<string[]> {
  let next: Promise<string[]> | null = read(null);
  while (next) {
    const lines: string[] = await next;
    const last: string | undefined = lines.at(-1);
    next = lines.length < size || last === undefined ? null : read(last.slice(0, last.indexOf('\t')));
    // A reader who stops early leaves this promise without a handler.
    next?.catch(() => undefined);
    if (lines.length > 0) yield lines;
  }
}

/** BigInt() lets only a number into the statement. */
const after = (column: string, value: string | null) => (value === null ? '' : `WHERE ${column} > ${BigInt(value)}`);

export function eventsAfter(seq: string | null): string {
  return `COPY (
    SELECT e.seq, e.id, e.at, e.action, e.actor_kind, e.actor_id, e.acted_as_id, e.subject_type, e.subject_id,
           e.organization_id, e.request_id, encode(e.detail_hash, 'hex'), d.event_id, d.person_id, encode(d.salt, 'hex'), d.body
      FROM public.audit_event e LEFT JOIN public.audit_detail d ON d.event_id = e.id
     ${after('e.seq', seq)} ORDER BY e.seq LIMIT ${eventsAtOnce}) TO STDOUT`;
}

function sealsAfter(id: string | null): string {
  return `COPY (
    SELECT id, last_seq, count, encode(digest, 'hex'), encode(previous_hash, 'hex'), sealed_at, encode(hash, 'hex'),
           encode(signature, 'hex'), encode(sha256(event_hashes), 'hex')
      FROM public.audit_seal ${after('id', id)} ORDER BY id LIMIT ${sealsAtOnce}) TO STDOUT`;
}

export async function copyLines(client: Client, statement: string): Promise<string[]> {
  const chunks: Buffer[] = [];
  for await (const chunk of client.query(to(statement))) chunks.push(chunk as Buffer);
  const lines = Buffer.concat(chunks).toString('utf8').split('\n');
  lines.pop();
  return lines;
}

function eventOf(line: string): EventEntry {
  const columns = line.split('\t');
  const [
    seq,
    id,
    at,
    action,
    kind,
    actor,
    actedAs,
    subjectType,
    subject,
    place,
    request,
    hash,
    of,
    person,
    salt,
    body,
  ] = columns;
  const isDetailed = of !== '\\N';
  return {
    seq: textOf(seq) ?? '',
    id: textOf(id) ?? '',
    at: isoOf(textOf(at)),
    action: textOf(action) ?? '',
    actorKind: textOf(kind) ?? '',
    actorId: textOf(actor),
    actedAsId: textOf(actedAs),
    subjectType: textOf(subjectType) ?? '',
    subjectId: textOf(subject),
    organizationId: textOf(place),
    requestId: textOf(request),
    detailHash: textOf(hash) ?? '',
    detail: isDetailed ? { personId: textOf(person), salt: textOf(salt) ?? '', body: textOf(body) ?? '' } : null,
  };
}

function sealOf(line: string): SealEntry {
  const columns = line.split('\t');
  const text = (n: number) => textOf(columns[n]) ?? '';
  return {
    id: text(0),
    lastSeq: text(1),
    count: Number(text(2)),
    digest: text(3),
    previousHash: text(4),
    sealedAt: isoOf(text(5)),
    hash: text(6),
    signature: text(7),
    eventHashesDigest: textOf(columns[8]),
  };
}

const unescaped: Record<string, string> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' };

/** A value of Postgres' text format: \N is null, and separators are escaped. */
function textOf(column: string | undefined): string | null {
  if (column === undefined || column === '\\N') return null;
  if (!column.includes('\\')) return column;
  return column.replace(/\\(.)/g, (_, letter: string) => unescaped[letter] ?? letter);
}

function isoOf(text: string | null): string {
  if (text === null) return 'null';
  const { length } = text;
  const isWhole = length === 22;
  const hasThousandths = length >= 24 && length <= 26 && text[19] === '.';
  if (!(isWhole || hasThousandths) || text[10] !== ' ' || !text.endsWith('+00')) return text;
  const fraction = isWhole ? '000' : text.slice(20, -3).padEnd(3, '0');
  return `${text.slice(0, 10)}T${text.slice(11, 19)}.${fraction}Z`;
}

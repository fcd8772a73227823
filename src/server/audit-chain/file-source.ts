import { createReadStream } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import type { AuditSource, EventEntry, SealEntry } from './entries';
import { isSeal } from './entries';
import { digestOf } from './hashes';

const format = 'rollcall-audit/1';
const linesAtOnce = 5_000;

type Head = { format: typeof format; takenAt: string; details: boolean };
type SealLine = Omit<SealEntry, 'eventHashesDigest'> & { eventHashes: string | null };
type EventLine = Omit<EventEntry, 'detail'> & { detail?: EventEntry['detail'] };

/** Writes a log as JSON lines, readable only by the owner. Returns the number of events. */
export async function writeAuditFile(source: AuditSource, path: string, options: { details: boolean }) {
  const file = await open(path, 'wx', 0o600);
  try {
    const head: Head = { format, takenAt: source.takenAt.toISOString(), details: options.details };
    await file.write(`${JSON.stringify(head)}\n`);
    let events = 0;
    for await (const piece of source.pieces()) events += await writePiece(source, file, piece, options.details);
    return events;
  } finally {
    await file.close();
  }
}

async function writePiece(
  source: AuditSource,
  file: FileHandle,
  piece: (EventEntry | SealEntry)[],
  hasDetails: boolean,
): Promise<number> {
  let text = '';
  let events = 0;
  for (const entry of piece) {
    if (isSeal(entry)) {
      const { eventHashesDigest: _, ...seal } = entry;
      const line: SealLine = { ...seal, eventHashes: await source.eventHashesOf(seal.id) };
      text += `${JSON.stringify(line)}\n`;
    } else {
      const { detail, ...event } = entry;
      const line: EventLine = hasDetails ? entry : event;
      text += `${JSON.stringify(line)}\n`;
      events += 1;
    }
  }
  await file.write(text);
  return events;
}

/** Reads such a file. Throws a sentence when it is another kind of file. */
export async function fileSource(path: string): Promise<AuditSource> {
  const head = await headOf(path);
  let recent = new Map<string, string | null>();
  async function* pieces(): AsyncGenerator<(EventEntry | SealEntry)[]> {
    const lines = createInterface({ input: createReadStream(path, 'utf8'), crlfDelay: Number.POSITIVE_INFINITY });
    let piece: (EventEntry | SealEntry)[] = [];
    let n = 0;
    let last: string | null = null;
    for await (const line of lines) {
      n += 1;
      if (n === 1 || line === '') continue;
      const entry = entryOf(line, n);
      if ('eventHashes' in entry) {
        const { eventHashes, ...seal } = entry;
        recent.set(seal.id, eventHashes);
        last = seal.id;
        piece.push({ ...seal, eventHashesDigest: eventHashes && digestOf(Buffer.from(eventHashes, 'hex')) });
      } else piece.push({ ...entry, detail: entry.detail ?? null });
      if (piece.length < linesAtOnce) continue;
      yield piece;
      piece = [];
      recent = new Map(last === null ? [] : [[last, recent.get(last) ?? null]]);
    }
    yield piece;
  }
  return {
    hasDetails: head.details,
    takenAt: new Date(head.takenAt),
    totals: null,
    pieces,
    eventHashesOf: async (sealId) => recent.get(sealId) ?? null,
    looseDetails: async () => ({ first: null, count: 0 }),
  };
}

async function headOf(path: string): Promise<Head> {
  for await (const line of createInterface({ input: createReadStream(path, 'utf8') })) {
    const head = parse(line);
    if (head?.format === format) return head as unknown as Head;
    break;
  }
  throw new Error(`${path} is not a copy of the audit log made by "rollcall export-audit".`);
}

function entryOf(line: string, n: number): EventLine | SealLine {
  const entry = parse(line);
  if (!entry || !('seq' in entry || 'lastSeq' in entry)) throw new Error(`Line ${n} is neither an event nor a seal.`);
  return entry as unknown as EventLine | SealLine;
}

function parse(line: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(line);
    return value !== null && typeof value === 'object' ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}

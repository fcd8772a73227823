import type { EventColumns, SealColumns } from './hashes';

export type EventEntry = EventColumns & {
  /** Null where there are none. */
  detail: { personId: string | null; salt: string /** JSON as Postgres writes jsonb. */; body: string } | null;
};

export type SealEntry = SealColumns & {
  hash: string;
  signature: string;
  /** SHA-256 over the event hashes that lie beside it; null when there are none. */
  eventHashesDigest: string | null;
};

/**
 * A copy of the log to be verified: each seal before the events that it covers, events in order of their number. In
 * pieces, so that a log of any length fits into the memory.
 */
export type AuditSource = {
  /** False for a copy that was made without details: whether they were changed is then not asked. */
  hasDetails: boolean;
  /** When the copy was made, for saying how old an unsealed event is. */
  takenAt: Date;
  pieces(): AsyncIterable<(EventEntry | SealEntry)[]>;
  /** The event hashes of a seal, hexadecimal; null when the seal has none. */
  eventHashesOf(sealId: string): Promise<string | null>;
  /** What the tables hold altogether, when that can be asked apart from reading them. */
  totals: { events: number; details: number; seals: number } | null;
  /** Ids of events that have details and are not there, the first of them, and how many. */
  looseDetails(): Promise<{ first: string | null; count: number }>;
};

export function isSeal(entry: EventEntry | SealEntry): entry is SealEntry {
  return 'lastSeq' in entry;
}

/** A text to be kept. What was cut out of a longer one holds on to the whole of it, here some thousand rows. */
export function ownText(text: string): string {
  return Buffer.from(text, 'utf8').toString('utf8');
}

import type { EventColumns, SealColumns } from './hashes';

export type EventEntry = EventColumns & {
  detail: { personId: string | null; salt: string /** JSON as Postgres writes jsonb. */; body: string } | null;
};

export type SealEntry = SealColumns & {
  hash: string;
  signature: string;
  /** SHA-256 over the event hashes stored beside it; null when there are none. */
  eventHashesDigest: string | null;
};

/** Each seal comes before its events, in pieces, so that a log of any length fits into memory. */
export type AuditSource = {
  hasDetails: boolean;
  takenAt: Date;
  pieces(): AsyncIterable<(EventEntry | SealEntry)[]>;
  /** The event hashes of a seal in hexadecimal; null when it has none. */
  eventHashesOf(sealId: string): Promise<string | null>;
  totals: { events: number; details: number; seals: number } | null;
  /** Details without an event: the first event id, and how many. */
  looseDetails(): Promise<{ first: string | null; count: number }>;
};

export function isSeal(entry: EventEntry | SealEntry): entry is SealEntry {
  return 'lastSeq' in entry;
}

/** Copies a text that is kept: a slice would keep the whole longer text in memory, here some thousand rows. */
export function ownText(text: string): string {
  return Buffer.from(text, 'utf8').toString('utf8');
}

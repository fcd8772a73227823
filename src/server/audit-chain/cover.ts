import { createHash } from 'node:crypto';
import type { AuditSource, EventEntry, SealEntry } from './entries';
import type { FindingList } from './findings';
import { digestOf } from './hashes';

type Seen = { seq: string; id: string };
type StoredEvent = Seen & { hash: string };

/** Twice a batch of the sealer: a seal that claims the whole log must not fill the memory. */
const remembered = 20_000;
const hashBytes = 32;

/** When a seal is known to be false (`isWrong`), a difference is no evidence against its events. */
export function makeCover(source: Pick<AuditSource, 'eventHashesOf'>, findings: FindingList) {
  let seal: SealEntry | null = null;
  let isWrong = false;
  let begin = 0;
  let count = 0;
  let seen: Seen[] = [];
  let digest = createHash('sha256');
  const hashes = Buffer.alloc(remembered * hashBytes);

  async function close() {
    if (!seal) return;
    digest.update(hashes.subarray(0, (count % remembered) * hashBytes));
    const actual = digest.digest('hex');
    if (actual === seal.digest && count === seal.count) return;
    const list = await source.eventHashesOf(seal.id);
    const listed = list === null ? null : digestOf(Buffer.from(list, 'hex'));
    // The list matches the events, so the seal itself was changed. That was reported when it was opened.
    if (isWrong && listed === actual) return;
    if (list === null || listed !== seal.digest || count > remembered) {
      findings.add(begin, { what: 'seal.events', sealId: seal.id, seq: seen[0]?.seq ?? null, words: range(seal) });
      return;
    }
    const there = split(hashes.toString('hex', 0, count * hashBytes));
    const events = seen.map((event, n) => ({ ...event, hash: there[n] ?? '' }));
    compare(split(list), events, (at, what, words) => {
      const event = seen[at];
      const where = { seq: event?.seq ?? null, eventId: event?.id ?? null, sealId: seal?.id ?? null };
      findings.add(begin + at, { what, words, ...where });
    });
  }

  function range({ id, count: sealed, lastSeq }: SealEntry): string {
    const from = seen[0] ? ` from event ${seen[0].seq} to event ${lastSeq}` : '';
    return `The events of seal ${id}${from} are not the ones that were sealed: ${sealed} events then, ${count} now. It is unknown which of them differ, because the seal's list of event hashes is missing or was changed too.`;
  }

  return {
    async open(next: SealEntry | null, place: number, isNextWrong = false) {
      await close();
      seal = next;
      isWrong = isNextWrong;
      begin = place;
      count = 0;
      seen = [];
      digest = createHash('sha256');
    },
    take(event: EventEntry, hash: string): boolean {
      if (!seal || Number(event.seq) > Number(seal.lastSeq)) return false;
      hashes.write(hash, (count % remembered) * hashBytes, 'hex');
      count += 1;
      if (count % remembered === 0) digest.update(hashes);
      if (count <= remembered) seen.push({ seq: event.seq, id: event.id });
      return true;
    },
    sealId: () => seal?.id ?? null,
  };
}

type Differ = (
  at: number,
  what: 'event.changed' | 'event.added' | 'event.removed' | 'event.order',
  words: string,
) => void;

const split = (hex: string): string[] => hex.match(/.{64}/g) ?? [];

function compare(sealed: string[], there: StoredEvent[], differ: Differ) {
  const known = new Set(sealed);
  const present = new Set(there.map(({ hash }) => hash));
  let [i, j] = [0, 0];
  while (i < sealed.length || j < there.length) {
    const [expected, event] = [sealed[i], there[j]];
    const isForeign = event !== undefined && !known.has(event.hash);
    const isGone = expected !== undefined && !present.has(expected);
    if (event && expected === event.hash) {
      i += 1;
      j += 1;
    } else if (event && isForeign && isGone) {
      differ(j, 'event.changed', `Event ${event.seq} was changed after it was sealed.`);
      i += 1;
      j += 1;
    } else if (event && (isForeign || expected === undefined)) {
      differ(j, 'event.added', `Event ${event.seq} was added among events that were sealed already.`);
      j += 1;
    } else if (isGone || !event) {
      differ(j, 'event.removed', `An event ${between(there[j - 1], event)} was removed.`);
      i += 1;
    } else {
      differ(j, 'event.order', `Event ${event.seq} is not in the order in which it was sealed.`);
      i += 1;
      j += 1;
    }
  }
}

function between(before: Seen | undefined, after: Seen | undefined): string {
  if (before && after) return `between event ${before.seq} and event ${after.seq}`;
  if (before) return `after event ${before.seq}`;
  return after ? `before event ${after.seq}` : 'or all of them';
}

import type { KeyObject } from 'node:crypto';
import { makeCover } from './cover';
import { makeDetailCheck } from './details';
import { type AuditSource, type EventEntry, isSeal } from './entries';
import { makeFindingList, type Verdict } from './findings';
import { eventHash } from './hashes';
import { type Anchor, makeSealCheck } from './seals';

export type VerifyOptions = {
  publicKeys: KeyObject[];
  anchor: Anchor | null;
  earlier?: Anchor[];
  /** An unsealed event older than this means that sealing has stopped, or that it was backdated. */
  maxUnsealedSeconds?: number;
  progress?(events: number, total: number | null): void;
};

/** Facts that a person must check: an attacker who can add rows gets them sealed like any other. */
export type Doubts = {
  hasDetails: boolean;
  /** Events that record the forgetting of a person, which allows details to be missing. */
  forgettings: { seq: string; at: string }[];
  /** Events dated long before the seal that precedes theirs: backdated, or delayed for long. */
  backdated: { count: number; first: string | null };
};

const anHour = 60 * 60 * 1000;
const shown = 20;

function makeDoubts(hasDetails: boolean) {
  const doubts: Doubts = { hasDetails, forgettings: [], backdated: { count: 0, first: null } };
  let [bound, sealedAt] = ['', ''];
  return {
    doubts,
    open(nextSealedAt: string) {
      const before = Date.parse(sealedAt);
      bound = Number.isNaN(before) ? '' : new Date(before - anHour).toISOString();
      sealedAt = nextSealedAt;
    },
    take({ seq, at, action }: EventEntry) {
      if (action === 'person.forgotten' && doubts.forgettings.length < shown) doubts.forgettings.push({ seq, at });
      // Both are ISO 8601 in UTC, so text order is time order.
      if (at >= bound) return;
      doubts.backdated.count += 1;
      doubts.backdated.first ??= seq;
    },
  };
}

/** Needs only public keys and the last logged seal, not the server or its word. Memory does not grow with the log. */
export async function verifyAudit(source: AuditSource, options: VerifyOptions): Promise<Verdict & Doubts> {
  const findings = makeFindingList();
  const cover = makeCover(source, findings);
  const seals = makeSealCheck(options, findings);
  const details = makeDetailCheck(findings);
  const { doubts, ...doubting } = makeDoubts(source.hasDetails);
  const unsealedMs = (options.maxUnsealedSeconds ?? 60) * 1000;
  const isRecent = (at: string) => Math.abs(Date.parse(at) - source.takenAt.getTime()) <= unsealedMs;
  let [events, unsealed, last] = [0, 0, Number.NEGATIVE_INFINITY];

  function take(event: EventEntry) {
    const place = events;
    events += 1;
    const where = { seq: event.seq, eventId: event.id };
    const seq = Number(event.seq);
    if (seq <= last)
      findings.add(place, { what: 'event.order', ...where, words: `Event ${event.seq} is listed twice.` });
    last = seq;
    const isSealed = cover.take(event, eventHash(event));
    if (!isSealed) {
      unsealed += 1;
      if (!isRecent(event.at)) {
        const words = `Event ${event.seq} has the time ${event.at} and was never sealed.`;
        findings.add(place, { what: 'event.unsealed', ...where, words });
      }
    } else doubting.take(event);
    if (source.hasDetails) details.check(event, place, isSealed ? cover.sealId() : null);
  }

  for await (const piece of source.pieces()) {
    for (const entry of piece) {
      if (isSeal(entry)) {
        await cover.open(entry, events, !seals.check(entry, events));
        doubting.open(entry.sealedAt);
      } else take(entry);
    }
    options.progress?.(events, source.totals?.events ?? null);
  }
  await cover.open(null, events);
  const chain = seals.close(events);
  const { details: detailCount, forgotten } = details.close();
  await addUnread(source, { events, details: detailCount, seals: chain.seals }, findings);
  const { findings: list, found } = findings.close();
  const counts = { events, details: detailCount, unsealed, forgotten };
  return { ok: found === 0, ...counts, ...chain, ...doubts, findings: list, found };
}

type Counts = { events: number; details: number; seals: number };

async function addUnread(source: AuditSource, read: Counts, findings: ReturnType<typeof makeFindingList>) {
  if (!source.totals) return;
  const end = Number.POSITIVE_INFINITY;
  if (source.hasDetails && source.totals.details !== read.details) {
    const { first, count } = await source.looseDetails();
    const words = `Details of ${count} events have no event; the first belongs to ${first}.`;
    if (count > 0) findings.add(end, { what: 'detail.loose', eventId: first, words });
    else findings.add(end, { what: 'rows.unread', words: 'Not all stored details could be read with their events.' });
  }
  for (const [name, total, seen] of [
    ['events', source.totals.events, read.events],
    ['seals', source.totals.seals, read.seals],
  ] as const) {
    if (total === seen) continue;
    findings.add(end, { what: 'rows.unread', words: `${total} ${name} are stored, ${seen} could be read in order.` });
  }
}

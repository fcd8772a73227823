import { canonicalBody } from './canonical-body';
import { type EventEntry, ownText } from './entries';
import type { FindingList } from './findings';
import { detailTextHash, noDetails, saltBytes } from './hashes';

type Missing = { place: number; seq: string; id: string; subjectId: string | null; sealId: string | null };

/** Far more than are ever forgotten; beyond it a missing detail is reported at once. */
const remembered = 200_000;

export function makeDetailCheck(findings: FindingList) {
  const missing: Missing[] = [];
  const forgottenPeople = new Set<string>();
  const forgottenEvents = new Set<string>();
  let details = 0;

  function reportMissing({ place, seq, id, sealId }: Missing) {
    const words = `The details of event ${seq} were deleted, and no forgotten person accounts for it.`;
    findings.add(place, { what: 'detail.missing', seq, eventId: id, sealId, words });
  }

  return {
    check(event: EventEntry, place: number, sealId: string | null) {
      const { seq, id, detail } = event;
      // An unsealed one could have been written by the attacker who deleted the details.
      if (event.action === 'person.forgotten' && sealId !== null) {
        if (event.subjectId) forgottenPeople.add(ownText(event.subjectId));
        for (const each of listedEvents(detail?.body)) forgottenEvents.add(each);
      }
      if (!detail) {
        if (event.detailHash === noDetails) return;
        const subjectId = event.subjectId && ownText(event.subjectId);
        const found = { place, seq, id: ownText(id), subjectId, sealId };
        if (missing.length < remembered) missing.push(found);
        else reportMissing(found);
        return;
      }
      details += 1;
      const where = { seq, eventId: id, sealId };
      if (event.detailHash === noDetails)
        findings.add(place, { what: 'detail.added', ...where, words: `Event ${seq} had no details; now it has.` });
      else if (hashOf(detail) !== event.detailHash)
        findings.add(place, { what: 'detail.changed', ...where, words: `The details of event ${seq} were changed.` });
    },
    close(): { details: number; forgotten: number } {
      let forgotten = 0;
      for (const each of missing) {
        if (forgottenEvents.has(each.seq) || (each.subjectId && forgottenPeople.has(each.subjectId))) forgotten += 1;
        else reportMissing(each);
      }
      return { details, forgotten };
    },
  };
}

const hexadecimal = /^[0-9a-f]*$/;

function hashOf({ salt, personId, body }: NonNullable<EventEntry['detail']>): string | null {
  // With another length, bytes could move from the salt into the salted text.
  if (salt.length !== saltBytes * 2 || !hexadecimal.test(salt)) return null;
  const canonical = canonicalBody(body);
  return canonical === null ? null : detailTextHash(salt, personId, canonical);
}

/** A `person.forgotten` event lists the events whose details were deleted: `{"after": {"events": ["17", …]}}`. */
function listedEvents(body: string | undefined): string[] {
  if (!body) return [];
  try {
    const { after } = JSON.parse(body) as { after?: { events?: unknown } };
    return Array.isArray(after?.events) ? after.events.map(String) : [];
  } catch {
    return [];
  }
}

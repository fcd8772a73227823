import { ownText } from './entries';

export type Finding = {
  what: FindingKind;
  seq: string | null;
  eventId: string | null;
  sealId: string | null;
  words: string;
};

export type FindingKind =
  | 'event.changed'
  | 'event.added'
  | 'event.removed'
  | 'event.order'
  | 'event.unsealed'
  | 'detail.changed'
  | 'detail.missing'
  | 'detail.added'
  | 'detail.loose'
  | 'seal.changed'
  | 'seal.signature'
  | 'seal.order'
  | 'seal.events'
  | 'seal.hashes'
  | 'anchor.missing'
  | 'anchor.changed'
  | 'rows.unread';

export type KeyUse = { fingerprint: string; fromSeal: string; toSeal: string };

export type Unnamed = { count: number; first: string | null };

export type Verdict = {
  ok: boolean;
  events: number;
  details: number;
  seals: number;
  /** Events after the last seal, which are not protected yet. */
  unsealed: number;
  /** Events whose details a `person.forgotten` event accounts for. */
  forgotten: number;
  /** The last seal in the form that `--last-seal` takes. */
  lastSeal: string | null;
  unnamed: Unnamed;
  keys: KeyUse[];
  /** In order of the rows, at most a thousand; `found` counts all. */
  findings: Finding[];
  found: number;
};

const maxFindings = 1_000;

type GivenFinding = Partial<Finding> & Pick<Finding, 'what' | 'words'>;
export type FindingList = {
  add(place: number, finding: GivenFinding): void;
  close(): { findings: Finding[]; found: number };
};

/** Keeps a thousand and counts the rest: a completely rewritten log must not fill the memory. */
export function makeFindingList(): FindingList {
  const list: { place: number; finding: Finding }[] = [];
  let found = 0;
  return {
    add(place, finding) {
      found += 1;
      if (list.length >= maxFindings) return;
      const { seq = null, eventId = null, sealId = null, what, words } = finding;
      list.push({ place, finding: { seq, eventId: eventId && ownText(eventId), sealId, what, words: ownText(words) } });
    },
    close: () => ({ findings: list.sort((a, b) => a.place - b.place).map(({ finding }) => finding), found }),
  };
}

import { createHash, type KeyObject, verify } from 'node:crypto';
import type { SealEntry } from './entries';
import type { FindingList, KeyUse, Unnamed } from './findings';
import { firstHash, sealHash, sealName } from './hashes';

export type Anchor = { lastSeq: string; hash: string };

type Options = {
  /** Oldest first: once a newer key has sealed, an older one does not any more. Empty: signatures are not looked at. */
  publicKeys: KeyObject[];
  /** The last seal as it stood in the log. */
  anchor: Anchor | null;
  /**
   * Any others that the log names. Who takes away the last seals leaves their events to be sealed anew by the server
   * itself; then the log ends with a seal that is right, and only those before it tell.
   */
  earlier?: Anchor[];
};

/** `hashes`: the one stored beside the seal, and the one it makes; a seal that follows may name either. */
type Previous = { id: string; lastSeq: string; hashes: string[] } | null;

/** Follows the chain of seals: each one's hash, signature, number, and the one before it. */
export function makeSealCheck({ publicKeys, anchor, earlier = [] }: Options, findings: FindingList) {
  const signers = makeSigners(publicKeys);
  const logged = anchorsByEnd(anchor ? [...earlier, anchor] : earlier);
  let previous: Previous = null;
  let seals = 0;
  const unnamed = makeUnnamed(earlier.length > 0);
  return {
    /** Answers whether what the seal says can be trusted. */
    check(seal: SealEntry, place: number): boolean {
      seals += 1;
      const hash = sealHash(seal);
      const where = { sealId: seal.id };
      const order = orderProblem(previous, seal);
      if (order) findings.add(place, { what: 'seal.order', ...where, words: order });
      const problem = signers.problemOf(seal, hash);
      const what = seal.hash === hash ? 'seal.signature' : 'seal.changed';
      if (problem) findings.add(place, { what, ...where, words: problem });
      if (seal.eventHashesDigest !== seal.digest) {
        const words = `The list of event hashes beside seal ${seal.id} is not the one that was sealed.`;
        findings.add(place, { what: 'seal.hashes', ...where, words });
      }
      const named = logged.get(seal.lastSeq);
      logged.delete(seal.lastSeq);
      unnamed.look(seal, named !== undefined);
      if (named && (named.size > 1 || !named.has(hash))) {
        const words = `Seal ${seal.id} is not the one in the log: it was made anew, and all before it may have been changed.`;
        findings.add(place, { what: 'anchor.changed', ...where, words });
      }
      previous = { id: seal.id, lastSeq: seal.lastSeq, hashes: [seal.hash, hash] };
      return !problem;
    },
    close(place: number) {
      for (const lastSeq of logged.keys()) {
        const cut = missingWords(previous, lastSeq);
        const words = `The log names a seal that ends at event ${lastSeq}, and it is not there: ${cut}.`;
        const where = { sealId: previous?.id ?? null, seq: previous?.lastSeq ?? null };
        findings.add(place, { what: 'anchor.missing', ...where, words });
      }
      const lastSeal = previous ? sealName(previous.lastSeq, previous.hashes[1] ?? '') : null;
      return { seals, keys: signers.keys, lastSeal, unnamed: unnamed.close() };
    },
  };
}

/** Counts the seals before the last one named that a log, where there is one, does not name. */
function makeUnnamed(hasLog: boolean) {
  const before: Unnamed = { count: 0, first: null };
  let since: Unnamed = { count: 0, first: null };
  return {
    look({ lastSeq }: SealEntry, isNamed: boolean) {
      if (!isNamed) {
        since = { count: since.count + 1, first: since.first ?? lastSeq };
        return;
      }
      before.count += since.count;
      before.first ??= since.first;
      since = { count: 0, first: null };
    },
    close: (): Unnamed => (hasLog ? before : { count: 0, first: null }),
  };
}

/** What each seal in the log covers up to, with its hash; more than one hash means that it was made more than once. */
function anchorsByEnd(anchors: Anchor[]): Map<string, Set<string>> {
  const logged = new Map<string, Set<string>>();
  for (const { lastSeq, hash } of anchors) logged.set(lastSeq, (logged.get(lastSeq) ?? new Set()).add(hash));
  return logged;
}

function missingWords(previous: Previous, lastSeq: string): string {
  if (!previous) return 'there is no seal at all';
  if (BigInt(lastSeq) < BigInt(previous.lastSeq)) return 'its events were sealed anew, and may have been changed';
  return `the end was cut off after seal ${previous.id}, event ${previous.lastSeq}, or that seal was changed`;
}

function orderProblem(previous: Previous, seal: SealEntry): string | null {
  const expected = BigInt(previous?.id ?? 0) + 1n;
  const id = BigInt(seal.id);
  if (id > expected)
    return `${id - expected === 1n ? `Seal ${expected} is` : `Seals ${expected} to ${id - 1n} are`} missing.`;
  if (id < expected) return `Seal ${seal.id} comes after seal ${previous?.id}.`;
  const follows = previous ? previous.hashes.includes(seal.previousHash) : seal.previousHash === firstHash;
  if (!follows) {
    const before = previous ? `seal ${previous.id}` : 'the beginning of the log';
    return `Seal ${seal.id} does not follow ${before}: one was replaced.`;
  }
  if (previous && BigInt(seal.lastSeq) <= BigInt(previous.lastSeq))
    return `Seal ${seal.id} ends before the seal that it follows.`;
  return null;
}

/** Who signed which seals, and what is wrong with what one says. */
function makeSigners(publicKeys: KeyObject[]) {
  const keys: KeyUse[] = [];
  let current = 0;

  function signerOf(hash: string, signature: string): number {
    const isBy = (key: KeyObject) => verify(null, Buffer.from(hash, 'hex'), key, Buffer.from(signature, 'hex'));
    const known = publicKeys[current];
    return known && isBy(known) ? current : publicKeys.findIndex(isBy);
  }

  function note(signer: number, sealId: string) {
    const key = publicKeys[signer];
    if (!key) return;
    const use = keys.at(-1);
    if (use && signer === current) use.toSeal = sealId;
    else keys.push({ fingerprint: fingerprintOf(key), fromSeal: sealId, toSeal: sealId });
    current = signer;
  }

  function problemOf(seal: SealEntry, hash: string): string | null {
    const isHashed = seal.hash === hash;
    if (publicKeys.length === 0)
      return isHashed ? null : `Seal ${seal.id} was changed: it does not match its own hash.`;
    const signer = signerOf(hash, seal.signature);
    if (signer < 0 && isHashed) return `Seal ${seal.id} is not signed by any of the public keys.`;
    if (signer < 0) return `Seal ${seal.id} was changed: what it says is not what was signed.`;
    if (signer < current) return `Seal ${seal.id} is signed by a key that a newer one had replaced before.`;
    note(signer, seal.id);
    return isHashed ? null : `The hash beside seal ${seal.id} was changed; what the seal says was not.`;
  }

  return { keys, problemOf };
}

/** Sixteen digits that tell keys apart: the beginning of SHA-256 over the key's DER. */
export function fingerprintOf(key: KeyObject): string {
  const der = key.export({ type: 'spki', format: 'der' });
  return createHash('sha256').update(der).digest('hex').slice(0, 16);
}

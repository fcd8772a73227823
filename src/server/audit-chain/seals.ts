import { createHash, type KeyObject, verify } from 'node:crypto';
import type { SealEntry } from './entries';
import type { FindingList, KeyUse, Unnamed } from './findings';
import { firstHash, sealHash, sealName } from './hashes';

export type Anchor = { lastSeq: string; hash: string };

type Options = {
  /** Oldest first: once a newer key has signed, an older one is refused. Empty: signatures are not checked. */
  publicKeys: KeyObject[];
  anchor: Anchor | null;
  /** After an attacker removes the last seals, the server seals again, correctly; only the earlier ones reveal it. */
  earlier?: Anchor[];
};

/** `hashes`: the stored one and the computed one; the next seal can name either. */
type Previous = { id: string; lastSeq: string; hashes: string[] } | null;

export function makeSealCheck({ publicKeys, anchor, earlier = [] }: Options, findings: FindingList) {
  const signers = makeSigners(publicKeys);
  const logged = anchorsByEnd(anchor ? [...earlier, anchor] : earlier);
  let previous: Previous = null;
  let seals = 0;
  const unnamed = makeUnnamed(earlier.length > 0);
  return {
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
      unnamed.count(seal, named !== undefined);
      if (named && (named.size > 1 || !named.has(hash))) {
        const words = `Seal ${seal.id} is not the one in the log: it was made again, and everything before it may have been changed.`;
        findings.add(place, { what: 'anchor.changed', ...where, words });
      }
      previous = { id: seal.id, lastSeq: seal.lastSeq, hashes: [seal.hash, hash] };
      return !problem;
    },
    close(place: number) {
      for (const lastSeq of logged.keys()) {
        const cut = missingWords(previous, lastSeq);
        const words = `The log names a seal that ends at event ${lastSeq}, but it is missing: ${cut}.`;
        const where = { sealId: previous?.id ?? null, seq: previous?.lastSeq ?? null };
        findings.add(place, { what: 'anchor.missing', ...where, words });
      }
      const lastSeal = previous ? sealName(previous.lastSeq, previous.hashes[1] ?? '') : null;
      return { seals, keys: signers.keys, lastSeal, unnamed: unnamed.close() };
    },
  };
}

function makeUnnamed(hasLog: boolean) {
  const before: Unnamed = { count: 0, first: null };
  let since: Unnamed = { count: 0, first: null };
  return {
    count({ lastSeq }: SealEntry, isNamed: boolean) {
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

/** More than one hash for the same last event means that the seal was made more than once. */
function anchorsByEnd(anchors: Anchor[]): Map<string, Set<string>> {
  const logged = new Map<string, Set<string>>();
  for (const { lastSeq, hash } of anchors) logged.set(lastSeq, (logged.get(lastSeq) ?? new Set()).add(hash));
  return logged;
}

function missingWords(previous: Previous, lastSeq: string): string {
  if (!previous) return 'there is no seal at all';
  if (BigInt(lastSeq) < BigInt(previous.lastSeq)) return 'its events were sealed again and may have been changed';
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

function makeSigners(publicKeys: KeyObject[]) {
  const keys: KeyUse[] = [];
  let current = 0;

  function signerOf(hash: string, signature: string): number {
    const isBy = (key: KeyObject) => verify(null, Buffer.from(hash, 'hex'), key, Buffer.from(signature, 'hex'));
    const known = publicKeys[current];
    return known && isBy(known) ? current : publicKeys.findIndex(isBy);
  }

  function recordUse(signer: number, sealId: string) {
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
    if (signer < 0) return `Seal ${seal.id} was changed: its content is not what was signed.`;
    if (signer < current) return `Seal ${seal.id} is signed by a key that a newer one had already replaced.`;
    recordUse(signer, seal.id);
    return isHashed ? null : `The hash beside seal ${seal.id} was changed; the seal itself was not.`;
  }

  return { keys, problemOf };
}

/** Sixteen hexadecimal digits that identify a key: the beginning of SHA-256 over its DER. */
export function fingerprintOf(key: KeyObject): string {
  const der = key.export({ type: 'spki', format: 'der' });
  return createHash('sha256').update(der).digest('hex').slice(0, 16);
}

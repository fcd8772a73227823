import { hash } from 'node:crypto';

/** One event as it is sealed: every column, as text that is the same for every reader. */
export type EventColumns = {
  /** Decimal. */
  seq: string;
  id: string;
  /** ISO 8601 in UTC with milliseconds. */
  at: string;
  action: string;
  actorKind: string;
  actorId: string | null;
  actedAsId: string | null;
  subjectType: string;
  subjectId: string | null;
  organizationId: string | null;
  requestId: string | null;
  /** Hexadecimal, like every hash here. */
  detailHash: string;
};

export type SealColumns = {
  /** Decimal. The first seal is 1, and none is skipped. */
  id: string;
  lastSeq: string;
  count: number;
  digest: string;
  previousHash: string;
  sealedAt: string;
};

export const firstHash = '0'.repeat(64);

/** Replaces the hash of an event that never had details: no known text has this SHA-256. */
export const noDetails = '0'.repeat(64);

export const saltBytes = 16;

/** RFC 8785: jsonb changes the order. Refuses numbers with an exponent, because Postgres would write them without. */
export function canonicalJson(value: unknown): string {
  if (typeof value === 'number') return numberText(value);
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map((item) => canonicalJson(item ?? null)).join(',')}]`;
  if ('toJSON' in value && typeof value.toJSON === 'function') return canonicalJson(value.toJSON());
  const record = value as Record<string, unknown>;
  let text = '';
  for (const key of Object.keys(record).sort()) {
    const item = record[key];
    if (item !== undefined) text += `${text && ','}${JSON.stringify(key)}:${canonicalJson(item)}`;
  }
  return `{${text}}`;
}

function numberText(value: number): string {
  const text = JSON.stringify(value);
  if (/[en]/.test(text)) throw new Error(`${value} cannot be written into the audit log: use a whole number or text.`);
  return text;
}

/** SHA-256(salt ‖ canonical JSON of body and person). The event keeps it, so the details can be deleted. */
export function detailHash(salt: Uint8Array, personId: string | null, body: unknown): string {
  return detailTextHash(Buffer.from(salt).toString('hex'), personId, canonicalJson(body));
}

let salted = Buffer.alloc(65_536);

/** The same for a canonical body. Hashing one buffer costs half of hashing part by part. */
export function detailTextHash(saltHex: string, personId: string | null, canonicalBody: string): string {
  const text = `{"body":${canonicalBody},"personId":${JSON.stringify(personId)}}`;
  const most = saltHex.length + text.length * 3;
  if (most > salted.length) salted = Buffer.alloc(most * 2);
  const saltEnd = salted.write(saltHex, 0, 'hex');
  const end = saltEnd + salted.write(text, saltEnd, 'utf8');
  return hash('sha256', salted.subarray(0, end), 'hex');
}

/** SHA-256 over every column of the event; its details are covered through their salted hash alone. */
export function eventHash(event: EventColumns): string {
  // With the keys in order this equals canonicalJson() at a fraction of its cost: the log has millions of rows.
  const columns = {
    actedAsId: event.actedAsId,
    action: event.action,
    actorId: event.actorId,
    actorKind: event.actorKind,
    at: event.at,
    detailHash: event.detailHash,
    id: event.id,
    organizationId: event.organizationId,
    requestId: event.requestId,
    seq: event.seq,
    subjectId: event.subjectId,
    subjectType: event.subjectType,
  };
  return hash('sha256', JSON.stringify(columns), 'hex');
}

export function digestOf(eventHashes: Uint8Array): string {
  return hash('sha256', eventHashes, 'hex');
}

/** SHA-256 over the columns of the seal, which include the hash of the seal before it. This is what gets signed. */
export function sealHash(seal: SealColumns): string {
  const { id, lastSeq, count, digest, previousHash, sealedAt } = seal;
  return hash('sha256', canonicalJson({ id, lastSeq, count, digest, previousHash, sealedAt }), 'hex');
}

/** The name of a seal in the log and for `verify-audit --last-seal`: `1204:9f86d0…`. */
export function sealName(lastSeq: string, sealHashHex: string): string {
  return `${lastSeq}:${sealHashHex}`;
}

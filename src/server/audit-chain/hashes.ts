import { hash } from 'node:crypto';

/** One event as it is sealed: every column, as text that does not depend on who reads it. */
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

/** One seal as it is signed; its own hash and the signature are over this. */
export type SealColumns = {
  /** Decimal; the first seal is 1, and none is left out. */
  id: string;
  lastSeq: string;
  count: number;
  digest: string;
  previousHash: string;
  /** ISO 8601 in UTC with milliseconds. */
  sealedAt: string;
};

/** What the first seal follows. */
export const firstHash = '0'.repeat(64);

/** In place of a hash, where an event never had details: no SHA-256 that anybody knows a text for. */
export const noDetails = '0'.repeat(64);

export const saltBytes = 16;

/**
 * Canonical JSON (keys sorted, no white space): what is hashed must not depend on how Postgres stores jsonb. Follows
 * RFC 8785. Numbers that JavaScript writes with an exponent are refused, for Postgres would write them without.
 */
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

/** SHA-256(salt ‖ canonical JSON of what it says and of whom): the event keeps this, so details can be deleted. */
export function detailHash(salt: Uint8Array, personId: string | null, body: unknown): string {
  return detailTextHash(Buffer.from(salt).toString('hex'), personId, canonicalJson(body));
}

let salted = Buffer.alloc(65_536);

/** The same of a body that is canonical already; hashing one buffer at once costs half of adding part after part. */
export function detailTextHash(saltHex: string, personId: string | null, canonicalBody: string): string {
  const text = `{"body":${canonicalBody},"personId":${JSON.stringify(personId)}}`;
  const most = saltHex.length + text.length * 3;
  if (most > salted.length) salted = Buffer.alloc(most * 2);
  const saltEnd = salted.write(saltHex, 0, 'hex');
  const end = saltEnd + salted.write(text, saltEnd, 'utf8');
  return hash('sha256', salted.subarray(0, end), 'hex');
}

/** SHA-256 over every column of the event; its details take part through their salted hash alone. */
export function eventHash(event: EventColumns): string {
  // The keys in order make this canonicalJson(), at a fraction of its price: the log is millions of rows long.
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

/** The hashes of a seal's events one after the other, and SHA-256 over them. */
export function digestOf(eventHashes: Uint8Array): string {
  return hash('sha256', eventHashes, 'hex');
}

/** SHA-256 over what the seal says and the seal before it; this is what gets signed. */
export function sealHash(seal: SealColumns): string {
  const { id, lastSeq, count, digest, previousHash, sealedAt } = seal;
  return hash('sha256', canonicalJson({ id, lastSeq, count, digest, previousHash, sealedAt }), 'hex');
}

/** How the log names a seal, and how `verify-audit --last-seal` takes it: `1204:9f86d0…`. */
export function sealName(lastSeq: string, sealHashHex: string): string {
  return `${lastSeq}:${sealHashHex}`;
}

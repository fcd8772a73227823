import { createHash, hash } from 'node:crypto';

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
  return detailTextHash(salt, personId, canonicalJson(body));
}

export function detailTextHash(salt: Uint8Array, personId: string | null, canonicalBody: string): string {
  const text = `{"body":${canonicalBody},"personId":${JSON.stringify(personId)}}`;
  return createHash('sha256').update(salt).update(text).digest('hex');
}

/** SHA-256 over every column of the event; its details take part through their salted hash alone. */
export function eventHash(event: EventColumns): string {
  // canonicalJson() of the event, written out: the log is millions of rows long.
  const text =
    `{"actedAsId":${quote(event.actedAsId)},"action":${JSON.stringify(event.action)},"actorId":${quote(event.actorId)},` +
    `"actorKind":${quote(event.actorKind)},"at":${quote(event.at)},"detailHash":${quote(event.detailHash)},` +
    `"id":${quote(event.id)},"organizationId":${quote(event.organizationId)},` +
    `"requestId":${quote(event.requestId)},"seq":${quote(event.seq)},"subjectId":${quote(event.subjectId)},` +
    `"subjectType":${JSON.stringify(event.subjectType)}}`;
  return hash('sha256', text, 'hex');
}

/** JSON of a text or null; ids, times and hashes have nothing to escape, which is seen faster than it is escaped. */
function quote(value: string | null): string {
  if (value === null) return 'null';
  return /^[\w:.-]*$/.test(value) ? `"${value}"` : JSON.stringify(value);
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

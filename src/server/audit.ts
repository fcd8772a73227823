import { createHash, randomBytes } from 'node:crypto';
import { newId } from '@/lib/ids';
import type { Tx } from './db/client';
import type { JsonObject } from './db/sql';

export type AuditActor = { kind: 'user' | 'system' | 'operator' | 'anonymous'; id: string | null };

export type AuditEntry = {
  /** What happened, past tense: `user.invited`. */
  action: string;
  subject: { type: string; id: string | null };
  organizationId?: string | null;
  /** Whose forgetting deletes the details; the subject itself when it is a person. */
  personId?: string | null;
  before?: JsonObject;
  after?: JsonObject;
  reason?: string;
};

export type AuditContext = { actor: AuditActor; requestId: string | null; ip: string | null };

/**
 * Canonical JSON (keys sorted, no white space): what is hashed must not depend on how Postgres stores jsonb.
 * Follows RFC 8785 for the values used here (strings, integers, booleans, null, arrays, objects).
 */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map((item) => canonicalJson(item ?? null)).join(',')}]`;
  if (value !== null && typeof value === 'object') {
    const entries = Object.entries(value).filter(([, item]) => item !== undefined);
    entries.sort(([a], [b]) => (a < b ? -1 : 1));
    return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${canonicalJson(item)}`).join(',')}}`;
  }
  return JSON.stringify(value);
}

/** SHA-256(salt ‖ canonical body): the event keeps this, so details can be deleted and the chain still verifies. */
export function detailHash(salt: Uint8Array, body: unknown): Uint8Array<ArrayBuffer> {
  return new Uint8Array(createHash('sha256').update(salt).update(canonicalJson(body)).digest());
}

/** Inserts events and their details in two statements, whatever their number. */
export async function insertAudit(tx: Tx, context: AuditContext, entries: AuditEntry[]) {
  const rows = entries.map((entry) => {
    const body = {
      ...(entry.before && { before: entry.before }),
      ...(entry.after && { after: entry.after }),
      ...(entry.reason && { reason: entry.reason }),
      ...(context.ip && { ip: context.ip }),
    } satisfies JsonObject;
    const salt = new Uint8Array(randomBytes(16));
    return { id: newId(), entry, body, salt, hash: detailHash(salt, body) };
  });
  await tx.auditEvent.createMany({
    data: rows.map(({ id, entry, hash }) => ({
      id,
      action: entry.action,
      actorKind: context.actor.kind,
      actorId: context.actor.id,
      subjectType: entry.subject.type,
      subjectId: entry.subject.id,
      organizationId: entry.organizationId ?? null,
      requestId: context.requestId,
      detailHash: hash,
    })),
  });
  await tx.auditDetail.createMany({
    data: rows.map(({ id, entry, body, salt }) => ({
      eventId: id,
      personId: entry.personId ?? (entry.subject.type === 'user' ? entry.subject.id : null),
      salt,
      body,
    })),
  });
}

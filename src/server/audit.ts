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

/**
 * Inserts events and their details in two statements, whatever their number. As sets read from one JSON parameter: a
 * chunk of an import brings a thousand events, and a parameter for every value costs more than the insert itself.
 */
export async function insertAudit(tx: Tx, context: AuditContext, entries: AuditEntry[]) {
  if (entries.length === 0) return;
  const rows = entries.map((entry) => {
    const body = {
      ...(entry.before && { before: entry.before }),
      ...(entry.after && { after: entry.after }),
      ...(entry.reason && { reason: entry.reason }),
      ...(context.ip && { ip: context.ip }),
    } satisfies JsonObject;
    const salt = randomBytes(16);
    return {
      id: newId(),
      action: entry.action,
      subjectType: entry.subject.type,
      subjectId: entry.subject.id,
      organizationId: entry.organizationId ?? null,
      personId: entry.personId ?? (entry.subject.type === 'user' ? entry.subject.id : null),
      body,
      salt: salt.toString('hex'),
      hash: Buffer.from(detailHash(salt, body)).toString('hex'),
    };
  });
  const events = JSON.stringify(rows.map(({ body: _body, salt: _salt, ...event }) => event));
  await tx.$executeRaw`
    INSERT INTO audit_event (id, action, actor_kind, actor_id, subject_type, subject_id, organization_id, request_id, detail_hash)
    SELECT x.id, x.action, ${context.actor.kind}::actor_kind, ${context.actor.id}::uuid, x."subjectType", x."subjectId",
           x."organizationId", ${context.requestId}, decode(x.hash, 'hex')
      FROM jsonb_to_recordset(${events}::jsonb)
        AS x(id uuid, action text, "subjectType" text, "subjectId" uuid, "organizationId" uuid, hash text)`;
  const details = JSON.stringify(rows.map(({ id, personId, salt, body }) => ({ id, personId, salt, body })));
  await tx.$executeRaw`
    INSERT INTO audit_detail (event_id, person_id, salt, body)
    SELECT x.id, x."personId", decode(x.salt, 'hex'), x.body
      FROM jsonb_to_recordset(${details}::jsonb) AS x(id uuid, "personId" uuid, salt text, body jsonb)`;
}

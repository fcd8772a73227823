import { randomBytes } from 'node:crypto';
import type { AuditAction } from '@/lib/audit-actions';
import { newId } from '@/lib/ids';
import { detailHash, noDetails, saltBytes } from './audit-chain/hashes';
import { crashPoint } from './crash-point';
import type { Tx } from './db/client';
import type { JsonObject } from './db/sql';

export type AuditActor = { kind: 'user' | 'system' | 'operator' | 'anonymous'; id: string | null };

export const nobody: AuditActor = { kind: 'anonymous', id: null };

/** Null for nobody signed in. */
export function personActor(userId: string | null | undefined): AuditActor {
  return userId ? { kind: 'user', id: userId } : nobody;
}

export type AuditEntry = {
  action: AuditAction;
  subject: { type: string; id: string | null };
  organizationId?: string | null;
  /** The details are deleted when this person is forgotten. Default: the subject, when it is a person. */
  personId?: string | null;
  before?: JsonObject;
  after?: JsonObject;
  reason?: string;
};

export type AuditContext = { actor: AuditActor; requestId: string | null; ip: string | null };

/** One statement and one JSON parameter: a round trip costs as much as the insert, a parameter per value even more. */
export async function insertAudit(tx: Tx, context: AuditContext, entries: AuditEntry[]) {
  if (entries.length === 0) return;
  // One call for all salts: asking the system for randomness costs the same for a thousand as for one.
  const salts = randomBytes(saltBytes * entries.length);
  const rows = entries.map((entry, at) => {
    const body = {
      ...(entry.before && { before: entry.before }),
      ...(entry.after && { after: entry.after }),
      ...(entry.reason && { reason: entry.reason }),
      ...(context.ip && { ip: context.ip }),
    } satisfies JsonObject;
    const subjectPerson = entry.subject.type === 'user' ? entry.subject.id : null;
    // In lowercase, as Postgres writes ids: one from a URL can have capitals.
    const personId = (entry.personId ?? subjectPerson)?.toLowerCase() ?? null;
    const saysNothing = Object.keys(body).length === 0 && (personId === null || subjectPerson !== null);
    const salt = salts.subarray(at * saltBytes, (at + 1) * saltBytes);
    return {
      id: newId(),
      action: entry.action,
      subjectType: entry.subject.type,
      subjectId: entry.subject.id,
      organizationId: entry.organizationId ?? null,
      personId,
      body,
      salt: salt.toString('hex'),
      hash: saysNothing ? noDetails : detailHash(salt, personId, body),
    };
  });
  await tx.$executeRaw`
    WITH entry AS MATERIALIZED (
      SELECT * FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
        AS x(id uuid, action text, "subjectType" text, "subjectId" uuid, "organizationId" uuid, "personId" uuid, body jsonb,
             salt text, hash text)),
    event AS (
      INSERT INTO audit_event (id, action, actor_kind, actor_id, subject_type, subject_id, organization_id, request_id, detail_hash)
      SELECT id, action, ${context.actor.kind}::actor_kind, ${context.actor.id}::uuid, "subjectType", "subjectId",
             "organizationId", ${context.requestId}, decode(hash, 'hex')
        FROM entry)
    INSERT INTO audit_detail (event_id, person_id, salt, body)
    SELECT id, "personId", decode(salt, 'hex'), body FROM entry WHERE hash <> ${noDetails}`;
  crashPoint('audit.inserted');
}

import type { Permission } from '@/lib/permissions';
import { type AuditActor, type AuditEntry, insertAudit } from './audit';
import { findLiveSessionById, type Grant, type LiveSession, type Preference } from './auth/session';
import type { Tx } from './db/client';
import type { OutgoingEmail } from './mail/outbox';
import type { RequestInfo } from './request';

export type Actor = { id: string; email: string; firstName: string; lastName: string };

/** Where a permission is held. */
export type Scope = { all: true } | { all: false; organizationIds: string[] };

/**
 * A handle on the database for somebody who was found to hold `P`. Contravariant in `P`: a handle for more permissions
 * serves where fewer are asked for, never the other way round. Made by `work.ts` only.
 */
export interface Can<in P extends Permission = never> {
  readonly held?: (permission: P) => void;
  readonly db: Tx;
  readonly actor: Actor;
  /** Null in a job that runs on somebody's behalf. */
  readonly sessionId: string | null;
  readonly preference: Preference;
  /** IANA name of the zone in which this person reads times; UTC until one is known. */
  readonly timeZone: string;
  readonly request: RequestInfo;
  /** All of the platform, or the organizations in which the permission is held; nothing held is an empty list. */
  scope(permission: P): Scope;
  /** For showing or hiding; in one organization when it is named. The door to the database is `authorize`. */
  may(permission: Permission, organizationId?: string | null): boolean;
  /** The same handle for another permission, if that is held too: for pages that show a part to some. */
  as<Q extends Permission>(permission: Q): Can<Q> | null;
  /** The organizations in which anything at all is held; for naming a place, not for reading from it. */
  readonly workplaces: readonly string[];
}

/** A handle of nobody in particular: public pages. */
export interface PublicCan {
  readonly db: Tx;
  readonly actor: Actor | null;
  readonly request: RequestInfo;
}

/** One unit of work: a transaction in which everything commits together or not at all. */
interface WorkTools {
  readonly db: Tx;
  readonly request: RequestInfo;
  /** Writes the trace into this transaction. A unit of work that audits nothing is rolled back. */
  audit(...entries: AuditEntry[]): Promise<void>;
  /** Puts a mail into the outbox of this transaction. */
  email(...emails: OutgoingEmail[]): Promise<void>;
  /** Puts a job into the queue of this transaction. */
  enqueue(queue: string, payload: Record<string, string | number | boolean>): Promise<void>;
  /** Tells that this unit of work only looked, as for a preview: it is rolled back, and what it found is answered. */
  nothingChanged(): void;
}

export interface Work<in P extends Permission = never> extends Can<P>, WorkTools {}
export interface PublicWork extends PublicCan, WorkTools {}
export interface SystemWork extends WorkTools {}

function scopeOf(grants: Grant[], permission: string): Scope {
  const organizationIds: string[] = [];
  for (const grant of grants) {
    if (grant.permission !== permission) continue;
    if (grant.organizationId === null) return { all: true };
    organizationIds.push(grant.organizationId);
  }
  return { all: false, organizationIds };
}

/** Whether the permission is held: in the named organization, on the platform for `null`, anywhere when left out. */
export function holds(grants: Grant[], permission: string, organizationId?: string | null): boolean {
  return grants.some(
    (grant) =>
      grant.permission === permission &&
      (grant.organizationId === null || organizationId === undefined || grant.organizationId === organizationId),
  );
}

/** The session's own permissions beside what roles grant; an unfinished sign-in holds no role's. */
function sessionGrants(session: LiveSession): Grant[] {
  const own = (permission: string): Grant => ({ permission, organizationId: null });
  if (session.mustChangePassword) return [own('session.own')];
  return [own('session.own'), own('account.own'), ...session.grants];
}

export type Principal = { actor: Actor; sessionId: string | null; preference: Preference; grants: Grant[] };

export function principalOf(session: LiveSession): Principal {
  const { user: actor, preference } = session;
  return { actor, sessionId: session.id, preference, grants: sessionGrants(session) };
}

/** Whether the session is live still and nothing was taken from its person since. */
export async function isStillAllowed(db: Tx, { sessionId, grants }: Principal): Promise<boolean> {
  const session = await findLiveSessionById(db, sessionId);
  const now = session ? principalOf(session).grants : [];
  return grants.every(({ permission, organizationId }) => holds(now, permission, organizationId));
}

export function makeCan(db: Tx, principal: Principal, request: RequestInfo): Can<Permission> {
  const { actor, sessionId, preference, grants } = principal;
  const can: Can<Permission> = {
    db,
    actor,
    sessionId,
    preference,
    timeZone: preference.timeZone ?? 'UTC',
    request,
    scope: (permission) => scopeOf(grants, permission),
    may: (permission, organizationId) => holds(grants, permission, organizationId),
    as: (permission) => (holds(grants, permission) ? can : null),
    workplaces: [...new Set(grants.flatMap(({ organizationId }) => (organizationId === null ? [] : [organizationId])))],
  };
  return can;
}

export type Ledger = { audited: boolean; nothingChanged?: boolean };

export function makeTools(tx: Tx, actor: AuditActor, request: RequestInfo, ledger: Ledger): WorkTools {
  const context = { actor, requestId: request.id, ip: request.ip };
  return {
    db: tx,
    request,
    async audit(...entries) {
      ledger.audited ||= entries.length > 0;
      await insertAudit(tx, context, entries);
    },
    nothingChanged() {
      ledger.nothingChanged = true;
    },
    async email(...emails) {
      const { insertEmails } = await import('./mail/outbox');
      await insertEmails(tx, emails);
    },
    async enqueue(queue, payload) {
      const { enqueue } = await import('./queue/job-queue');
      await enqueue(tx, queue, payload);
    },
  };
}

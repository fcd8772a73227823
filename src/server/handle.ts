import type { z } from 'zod';
import type { Permission } from '@/lib/permissions';
import { type AuditActor, type AuditEntry, insertAudit } from './audit';
import { type Grant, holds } from './auth/grants';
import { findLiveSessionById, type LiveSession, type Preference } from './auth/session';
import type { Tx } from './db/client';
import { type Reads, readsOn, type Writes, writesOn } from './db/statements';
import type { Envelope, Mail } from './mail/outbox';
import type { Template } from './mail/templates';
import type { Job } from './queue/define-job';
import type { RequestInfo } from './request';

export type Actor = { id: string; email: string; firstName: string; lastName: string };

export type Scope = { all: true } | { all: false; organizationIds: readonly string[] };

/** Private to `src/server`: features narrow by `within()`. */
export const scopeOf: unique symbol = Symbol('scope');

/** Contravariant in `P`: a handle with more permissions fits where fewer are needed. Only `src/server` makes it. */
export interface Can<in P extends Permission = never> extends Reads {
  readonly granted?: (permission: P) => void;
  readonly [scopeOf]: (permission: string) => Scope;
  readonly actor: Actor;
  /** Null in a job that runs for a person. */
  readonly sessionId: string | null;
  readonly preference: Preference;
  /** IANA name of this person's time zone; UTC until it is known. */
  readonly timeZone: string;
  readonly request: RequestInfo;
  /** For showing or hiding things; in one organization when it is given. `authorize` is what guards. */
  may(permission: Permission, organizationId?: string | null): boolean;
  /** The same handle for another permission, if that is granted too: for parts of a page that only some see. */
  as<Q extends Permission>(permission: Q): Can<Q> | null;
  /** The organizations where this person has any permission: for naming a place, not for reading from it. */
  readonly workplaces: readonly string[];
}

export interface PublicCan extends Reads {
  readonly actor: Actor | null;
  readonly request: RequestInfo;
}

interface WorkTools extends Writes {
  readonly request: RequestInfo;
  /** Adds audit events to this transaction. A unit of work that audits nothing is rolled back. */
  audit(...entries: AuditEntry[]): Promise<void>;
  /** Adds a mail to the outbox. The worker sends it after the commit, once its organization's quota has room for it. */
  email<S extends z.ZodType>(template: Template<S>, params: z.input<NoInfer<S>>, envelope: Envelope): Promise<void>;
  /** The same for any number of mails, in one statement. Returns when each leaves; null is at once. */
  emails<S extends z.ZodType>(template: Template<S>, mails: Mail<NoInfer<S>>[]): Promise<(Date | null)[]>;
  enqueue<S extends z.ZodType>(job: Job<S>, payload: z.input<NoInfer<S>>): Promise<void>;
  /** Marks this unit of work as read-only, as for a preview: it is rolled back and its result returned. */
  nothingChanged(): void;
}

export interface Work<in P extends Permission = never> extends Can<P>, WorkTools {}
export interface PublicWork extends PublicCan, WorkTools {}
export interface SystemWork extends WorkTools {}

function findScope(grants: Grant[], permission: string): Scope {
  const organizationIds: string[] = [];
  for (const grant of grants) {
    if (grant.permission !== permission) continue;
    if (grant.organizationId === null) return { all: true };
    organizationIds.push(grant.organizationId);
  }
  return { all: false, organizationIds };
}

// Until a temporary password is changed, `session.own` is the only one, so nothing else has to refuse such a session.
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

/** Whether the session is still live and has all the permissions it had. */
export async function isStillAllowed(db: Tx, { sessionId, grants }: Principal): Promise<boolean> {
  const session = await findLiveSessionById(db, sessionId);
  const now = session ? principalOf(session).grants : [];
  return grants.every(({ permission, organizationId }) => holds(now, permission, organizationId));
}

export function makeCan(tx: Tx, principal: Principal, request: RequestInfo): Can<Permission> {
  const { actor, sessionId, preference, grants } = principal;
  const can: Can<Permission> = {
    ...readsOn(tx),
    [scopeOf]: (permission) => findScope(grants, permission),
    actor,
    sessionId,
    preference,
    timeZone: preference.timeZone ?? 'UTC',
    request,
    may: (permission, organizationId) => holds(grants, permission, organizationId),
    as: (permission) => (holds(grants, permission) ? can : null),
    workplaces: [...new Set(grants.flatMap(({ organizationId }) => (organizationId === null ? [] : [organizationId])))],
  };
  return can;
}

export type Ledger = { audited: boolean; nothingChanged?: boolean };

/** Both kinds of handle for a person. */
export function makeWork(tx: Tx, principal: Principal, request: RequestInfo, ledger: Ledger): Work<Permission> {
  const can = makeCan(tx, principal, request);
  return { ...can, ...makeTools(tx, { kind: 'user', id: can.actor.id }, request, ledger, can) };
}

/** `sender` is the person whose mails these are; without one they count for the organizations that they name. */
export function makeTools(
  tx: Tx,
  actor: AuditActor,
  request: RequestInfo,
  ledger: Ledger,
  sender?: Pick<Can, 'may'>,
): WorkTools {
  const context = { actor, requestId: request.id, ip: request.ip };
  const write: WorkTools['emails'] = async (template, mails) => {
    const { insertEmails } = await import('./mail/outbox');
    return insertEmails(tx, template, mails, sender);
  };
  return {
    ...writesOn(tx),
    request,
    async audit(...entries) {
      ledger.audited ||= entries.length > 0;
      await insertAudit(tx, context, entries);
    },
    nothingChanged() {
      ledger.nothingChanged = true;
    },
    async email(template, params, envelope) {
      await write(template, [{ ...envelope, params }]);
    },
    emails: write,
    async enqueue(job, payload) {
      const { enqueue } = await import('./queue/job-queue');
      await enqueue(tx, job, payload);
    },
  };
}

import { headers } from 'next/headers';
import type { Permission } from '@/lib/permissions';
import { type AuditEntry, personActor } from './audit';
import { currentSession } from './auth/cookie';
import { unavailableResponse } from './database-unavailable';
import { db } from './db/shared';
import { type Writes, writesOn } from './db/statements';
import { Fail, type FailCode } from './fail';
import { type Can, isStillAllowed, makeCan, makeTools, makeWork, principalOf, type Work } from './handle';
import { logBug } from './log';
import { auditDenial } from './refusals';
import { assertSameOrigin, requestInfo } from './request';
import { inUnitWhileAllowed } from './rights';
import { traceRequest } from './trace-request';
import { inUnit } from './unit';

/** Every route handler by name, with the permission it needs; the access policy test reads it. */
export const routeRegistry = new Map<string, { permission: Permission }>();

const statusOf: Partial<Record<FailCode, number>> = {
  not_found: 404,
  not_allowed: 403,
  origin: 403,
  too_large: 413,
  too_many: 429,
  blocked: 429,
  busy: 503,
  changed_meanwhile: 409,
};

type Params = Record<string, string>;
type Handler = (request: Request, context: { params: Promise<Params> }) => Promise<Response>;

function refusal(error: unknown, name: string): Response {
  const unavailable = unavailableResponse(error);
  if (unavailable) return unavailable;
  const known = error instanceof Fail;
  const text = known ? error.words : `Something went wrong on our side. Reference: ${logBug(error, { route: name })}`;
  const status = known ? (statusOf[error.code] ?? 400) : 500;
  return new Response(text, {
    status,
    headers: { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'private, no-store' },
  });
}

async function enter(permission: Permission, name: string) {
  const request = requestInfo(await headers());
  const session = await currentSession();
  if (!session) throw new Fail('not_allowed', { detail: 'Sign in first.' });
  const principal = principalOf(session);
  const can: Can<Permission> = makeCan(db(), principal, request);
  if (can.may(permission)) return { can, principal, request };
  await auditDenial({ actor: personActor(session.user.id), request, what: name }, permission);
  throw new Fail('not_allowed');
}

export function readRoute<P extends Permission>(definition: {
  name: string;
  permission: P;
  run(can: Can<NoInfer<P>>, params: Params, request: Request): Promise<Response>;
}): Handler {
  routeRegistry.set(definition.name, { permission: definition.permission });
  return async (request, context) => {
    try {
      const { can } = await enter(definition.permission, definition.name);
      const response = await definition.run(can, await context.params, request);
      response.headers.set('cache-control', 'private, no-store');
      return response;
    } catch (error) {
      await traceRequest(error, definition.name);
      return refusal(error, definition.name);
    }
  };
}

export type Afterwards = {
  audit(...entries: AuditEntry[]): Promise<void>;
  /** Whether the person still has the permissions they had when they asked. */
  mayGoOn(): Promise<boolean>;
};

/**
 * `receive` reads the body before any transaction is open and can stage rows; `run` makes them count, and a function it
 * returns runs after the commit. `refused` sends a browser's form back to where the problem can be fixed.
 */
export function route<P extends Permission, T>(definition: {
  name: string;
  permission: P;
  receive(can: Can<NoInfer<P>> & Writes, request: Request, params: Params): Promise<T>;
  run(work: Work<NoInfer<P>>, received: T): Promise<Response | ((afterwards: Afterwards) => Promise<Response>)>;
  refused?(error: Fail, params: Params, request: Request): Response;
}): Handler {
  routeRegistry.set(definition.name, { permission: definition.permission });
  return async (request, context) => {
    const params = await context.params;
    try {
      assertSameOrigin(request.headers);
      const { can, principal, request: info } = await enter(definition.permission, definition.name);
      const received = await definition.receive({ ...can, ...writesOn(db()) }, request, params);
      const actor = personActor(can.actor.id);
      const rights = { principal, request: info, what: definition.name, permission: definition.permission };
      const answer = await inUnitWhileAllowed(rights, async (tx, ledger) =>
        definition.run(makeWork(tx, principal, info, ledger), received),
      );
      if (typeof answer !== 'function') return answer;
      return await answer({
        audit: (...entries) => inUnit((tx, ledger) => makeTools(tx, actor, info, ledger).audit(...entries)),
        mayGoOn: () => isStillAllowed(db(), principal),
      });
    } catch (error) {
      await traceRequest(error, definition.name);
      if (error instanceof Fail && definition.refused) return definition.refused(error, params, request);
      return refusal(error, definition.name);
    }
  };
}

import { type AuditActor, type AuditEntry, insertAudit } from './audit';
import { isNoted, noteFirst, noteKey, sourceOf } from './auth/throttle';
import { db } from './db/shared';
import type { Fail, FailCode } from './fail';
import { logBug } from './log';
import type { RequestInfo } from './request';
import { inUnit } from './unit';

type Kind = 'out_of_scope' | 'beyond_own' | 'foreign_origin' | 'blocked';

/** The refusals that show what somebody tried. Any other one is a mistake in a form. */
const kinds: Partial<Record<FailCode, Kind>> = {
  not_found: 'out_of_scope',
  'role.unknown': 'out_of_scope',
  'group.unknown': 'out_of_scope',
  'organization.unknown': 'out_of_scope',
  'grant.beyond_own': 'beyond_own',
  'grant.scope': 'beyond_own',
  'user.outranks': 'beyond_own',
  origin: 'foreign_origin',
  blocked: 'blocked',
};

export type Attempt = { actor: AuditActor; request: RequestInfo; what: string };

/** What somebody tried in vain: one event for each kind, person and hour, so that trying cannot fill the audit log. */
export async function traceRefusal({ code }: Fail, attempt: Attempt) {
  const kind = kinds[code];
  if (!kind) return;
  const { actor, request, what } = attempt;
  const source = sourceOf(request.ip);
  // A blocked source is one source, also when somebody is signed in there.
  const who = kind === 'blocked' ? source : (actor.id ?? source);
  await auditOnce(attempt, noteKey(kind, who), {
    action: kind === 'blocked' ? 'source.blocked' : `access.${kind}`,
    subject: { type: kind === 'blocked' ? 'source' : 'request', id: null },
    personId: actor.id,
    after: { what, ...(kind === 'blocked' ? { source } : { path: request.path }) },
  });
}

/** A permission that is missing: one event for each person, place and hour. */
export async function auditDenial(attempt: Attempt, permission: string) {
  const { actor, request, what } = attempt;
  await auditOnce(attempt, noteKey('denied', actor.id ?? sourceOf(request.ip), what, permission, routeOf(request)), {
    action: 'access.denied',
    subject: { type: 'permission', id: null },
    personId: actor.id,
    after: { what, permission, path: request.path },
  });
}

/** Without the names of its parameters: the sender chooses those, and could make any number of places of one. */
const routeOf = ({ path }: RequestInfo) => path.split('?', 1)[0] ?? '';

/** In a transaction of its own, so that it is kept when the request is rolled back. It never replaces the refusal. */
async function auditOnce(attempt: Attempt, key: string, entry: AuditEntry) {
  await writeOnce(attempt, key, entry).catch((error: unknown) => logBug(error, { at: 'refusal', what: attempt.what }));
}

async function writeOnce({ actor, request }: Attempt, key: string, entry: AuditEntry) {
  if (await isNoted(db(), key)) return;
  await inUnit(
    async (tx, ledger) => {
      ledger.audited = await noteFirst(tx, key);
      if (ledger.audited) await insertAudit(tx, { actor, requestId: request.id, ip: request.ip }, [entry]);
    },
    { exempt: true },
  );
}

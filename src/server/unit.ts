import type { AuditActor } from './audit';
import { insertAudit } from './audit';
import type { Db, Tx } from './db/client';
import { db } from './db/shared';
import { Fail } from './fail';
import { isStillAllowed, type Ledger, type Principal } from './handle';
import type { RequestInfo } from './request';

/** Deadlock and serialization failure (40P01, 40001; Prisma's P2034): the transaction that lost can run again. */
const transient = /40P01|40001|P2034|deadlock detected|could not serialize/;

function isTransient(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = 'code' in error ? String(error.code) : '';
  return transient.test(`${code} ${error.message} ${String(error.cause)}`);
}

/** Rolls back unless `body` audited or is exempt. Retries deadlocks: no effects outside the transaction. */
export async function inUnit<T>(
  body: (tx: Tx, ledger: Ledger) => Promise<T>,
  options: { exempt?: boolean; timeoutMs?: number; client?: Db } = {},
): Promise<T> {
  const client = options.client ?? db();
  for (let attempt = 1; ; attempt += 1) {
    let readOnly: { result: T } | null = null;
    try {
      return await client.$transaction(
        async (tx) => {
          const ledger: Ledger = { audited: false };
          const result = await body(tx, ledger);
          if (ledger.nothingChanged) {
            // An error is what rolls a transaction back, so even a write by mistake is not kept.
            readOnly = { result };
            throw new Error('This unit of work is read-only.');
          }
          if (!ledger.audited && !options.exempt) throw new Error('A unit of work committed nothing to the audit log.');
          return result;
        },
        { timeout: options.timeoutMs ?? 20_000, maxWait: 10_000 },
      );
    } catch (error) {
      if (readOnly) return (readOnly as { result: T }).result;
      if (attempt >= 3 || !isTransient(error)) throw error;
    }
  }
}

/** Audits a refusal in a transaction of its own, so that it is kept when the request is rolled back. */
export async function auditRefusal(actor: AuditActor, request: RequestInfo, what: string, permission: string) {
  const after = { what, permission, path: request.path };
  await inUnit(async (tx, ledger) => {
    ledger.audited = true;
    await insertAudit(tx, { actor, requestId: request.id, ip: request.ip }, [
      { action: 'access.denied', subject: { type: 'permission', id: null }, personId: actor.id, after },
    ]);
  });
}

export type Rights = { principal: Principal; request: RequestInfo; what: string; permission: string };

/** Checks again before the commit: permissions may end while the work waits. Only the refusal is then audited. */
export async function inUnitWhileAllowed<T>(
  { principal, request, what, permission }: Rights,
  body: (tx: Tx, ledger: Ledger) => Promise<T>,
  options: { exempt?: boolean } = {},
): Promise<T> {
  let isLost = false;
  try {
    return await inUnit(async (tx, ledger) => {
      const result = await body(tx, ledger);
      isLost = !(await isStillAllowed(tx, principal));
      if (isLost) throw new Fail('not_allowed');
      return result;
    }, options);
  } catch (error) {
    if (isLost) await auditRefusal({ kind: 'user', id: principal.actor.id }, request, what, permission);
    throw error;
  }
}

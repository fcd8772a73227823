import type { AuditActor } from './audit';
import { insertAudit } from './audit';
import type { Db, Tx } from './db/client';
import { db } from './db/shared';
import { Fail } from './fail';
import { isStillAllowed, type Ledger, type Principal } from './handle';
import type { RequestInfo } from './request';

/** Deadlock and serialization failure (40P01, 40001; Prisma's P2034): the one that lost may simply run again. */
const transient = /40P01|40001|P2034|deadlock detected|could not serialize/;

function isTransient(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = 'code' in error ? String(error.code) : '';
  return transient.test(`${code} ${error.message} ${String(error.cause)}`);
}

/**
 * Runs `body` in one transaction: commit when it audited something (or is exempt), roll back otherwise or when it
 * throws. A deadlock is retried twice; `body` therefore must do nothing outside its transaction.
 */
export async function inUnit<T>(
  body: (tx: Tx, ledger: Ledger) => Promise<T>,
  options: { exempt?: boolean; timeoutMs?: number; client?: Db } = {},
): Promise<T> {
  const client = options.client ?? db();
  for (let attempt = 1; ; attempt += 1) {
    let looked: { result: T } | null = null;
    try {
      return await client.$transaction(
        async (tx) => {
          const ledger: Ledger = { audited: false };
          const result = await body(tx, ledger);
          if (ledger.nothingChanged) {
            // Thrown, because that is how a transaction is rolled back: whatever it wrote by mistake does not stay.
            looked = { result };
            throw new Error('This unit of work only looked.');
          }
          if (!ledger.audited && !options.exempt) throw new Error('A unit of work committed nothing to the audit log.');
          return result;
        },
        { timeout: options.timeoutMs ?? 20_000, maxWait: 10_000 },
      );
    } catch (error) {
      if (looked) return (looked as { result: T }).result;
      if (attempt >= 3 || !isTransient(error)) throw error;
    }
  }
}

/** A refusal must not erase itself: it commits in a transaction of its own, whatever becomes of the request. */
export async function auditRefusal(actor: AuditActor, request: RequestInfo, what: string, permission: string) {
  const after = { what, permission, path: request.path };
  await inUnit(async (tx, ledger) => {
    ledger.audited = true;
    const entry = { action: 'access.denied', subject: { type: 'permission', id: null }, personId: actor.id, after };
    await insertAudit(tx, { actor, requestId: request.id, ip: request.ip }, [entry]);
  });
}

/** Whose rights a unit of work is done under, and what it is called when it is refused. */
export type Held = { principal: Principal; request: RequestInfo; what: string; permission: string };

/**
 * A unit of work with a last look before its commit. What was asked for may have waited, for the lock on a person or for
 * a file to arrive, while the rights it was begun with ended; then nothing of it stays but the trace of the refusal.
 */
export async function inUnitWhileAllowed<T>(
  { principal, request, what, permission }: Held,
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

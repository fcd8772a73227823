import type { Db, Tx } from './db/client';
import { db } from './db/shared';
import type { Ledger } from './handle';

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

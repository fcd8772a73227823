import { personActor } from './audit';
import type { Tx } from './db/client';
import { Fail } from './fail';
import { isStillAllowed, type Ledger, type Principal } from './handle';
import { auditDenial } from './refusals';
import type { RequestInfo } from './request';
import { inUnit } from './unit';

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
    if (isLost) await auditDenial({ actor: personActor(principal.actor.id), request, what }, permission);
    throw error;
  }
}

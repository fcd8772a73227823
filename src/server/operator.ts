import type { Permission } from '@/lib/permissions';
import type { Tx } from './db/client';
import { db } from './db/shared';
import { type Reads, readsOn } from './db/statements';
import { makeTools, type SystemWork, type Work } from './handle';
import { jobRequest, unitFor } from './job';
import { principalWith } from './principal';
import { inUnit } from './unit';

/** For commands of an operator, who has access to the machine: nobody is signed in and nothing is out of scope. */
export function operatorUnit<T>(command: string, body: (work: SystemWork) => Promise<T>): Promise<T> {
  const request = jobRequest(`cli:${command}`);
  return inUnit(async (tx, ledger) => body(makeTools(tx, { kind: 'operator', id: null }, request, ledger)));
}

export function operatorReads(): Reads {
  return readsOn(db());
}

/** For a command that acts for a person with their current permissions: the demo's admin sends its invitations. */
export async function unitAs<P extends Permission, T>(
  command: string,
  userId: string,
  permission: P,
  body: (work: Work<NoInfer<P>>) => Promise<T>,
): Promise<T> {
  const authorizeActor = (tx: Tx) => principalWith(tx, userId, permission);
  return unitFor(authorizeActor, jobRequest(`cli:${command}`), body);
}

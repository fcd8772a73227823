import { insertAudit, personActor } from '../audit';
import type { Tx } from '../db/client';
import { writesOn } from '../db/statements';
import type { RequestInfo } from '../request';
import { inUnit } from '../unit';
import { endSession, type LiveSession } from './session';

/** Ends this session and audits it. Doing it twice has no further effect. */
export async function signOut(session: LiveSession, request: RequestInfo) {
  await inUnit(
    async (tx, ledger) => {
      ledger.audited = await endPresentedSession(tx, session, request);
    },
    { exempt: true },
  );
}

/**
 * For whatever gives a browser another session, or none: the one it presented must not stay open without a cookie that
 * could end it. Returns false when it had ended already.
 */
export async function endPresentedSession(tx: Tx, session: LiveSession, request: RequestInfo): Promise<boolean> {
  if (!(await endSession(writesOn(tx), { id: session.id, userId: session.user.id }))) return false;
  const actor = personActor(session.user.id);
  await insertAudit(tx, { actor, requestId: request.id, ip: request.ip }, [
    { action: 'session.ended', subject: { type: 'user', id: session.user.id }, after: { sessionId: session.id } },
  ]);
  return true;
}

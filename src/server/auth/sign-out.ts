import { insertAudit } from '../audit';
import { writesOn } from '../db/statements';
import type { RequestInfo } from '../request';
import { inUnit } from '../unit';
import { endSession, type LiveSession } from './session';

/** Ends this session and audits it. Doing it twice has no further effect. */
export async function signOut(session: LiveSession, request: RequestInfo) {
  await inUnit(
    async (tx, ledger) => {
      if (!(await endSession(writesOn(tx), { id: session.id, userId: session.user.id }))) return;
      ledger.audited = true;
      const actor = { kind: 'user' as const, id: session.user.id };
      await insertAudit(tx, { actor, requestId: request.id, ip: request.ip }, [
        { action: 'session.ended', subject: { type: 'user', id: session.user.id }, after: { sessionId: session.id } },
      ]);
    },
    { exempt: true },
  );
}

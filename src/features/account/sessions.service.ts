import { endSession, endSessions } from '@/server/auth/session';
import { Fail } from '@/server/fail';
import type { Work } from '@/server/work';

/** Throws Fail('not_found') for somebody else's session and for one that has ended. */
export async function revokeOwnSession(work: Work<'account.own'>, sessionId: string) {
  const ended = await work.db.$executeRaw`
    UPDATE session SET ended_at = app_now(), ended_as = 'revoked'
     WHERE id = ${sessionId}::uuid AND user_id = ${work.actor.id}::uuid AND ended_at IS NULL`;
  if (ended !== 1) throw new Fail('not_found');
  await work.audit({ action: 'session.revoked', subject: { type: 'user', id: work.actor.id }, after: { sessionId } });
}

export async function revokeOtherSessions(work: Work<'account.own'>): Promise<number> {
  const ended = await endSessions(work.db, work.actor.id, 'revoked', work.sessionId ?? undefined);
  await work.audit({
    action: 'sessions.revoked',
    subject: { type: 'user', id: work.actor.id },
    after: { sessionsEnded: ended },
  });
  return ended;
}

export async function endOwnSession(work: Work<'session.own'>) {
  if (work.sessionId) await endSession(work.db, work.sessionId);
  await work.audit({
    action: 'session.ended',
    subject: { type: 'user', id: work.actor.id },
    after: { sessionId: work.sessionId },
  });
}

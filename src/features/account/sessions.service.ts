import { endSession, endSessions } from '@/server/auth/session';
import { Fail } from '@/server/fail';
import type { Work } from '@/server/work';

/** Throws Fail('not_found') for somebody else's session and for one that has ended. */
export async function revokeOwnSession(work: Work<'account.own'>, sessionId: string) {
  const isEnded = await endSession(work, { id: sessionId, userId: work.actor.id }, 'revoked');
  if (!isEnded) throw new Fail('not_found');
  await work.audit({ action: 'session.revoked', subject: { type: 'user', id: work.actor.id }, after: { sessionId } });
}

export async function revokeOtherSessions(work: Work<'account.own'>): Promise<number> {
  const ended = await endSessions(work, work.actor.id, 'revoked', work.sessionId ?? undefined);
  await work.audit({
    action: 'sessions.revoked',
    subject: { type: 'user', id: work.actor.id },
    after: { sessionsEnded: ended },
  });
  return ended;
}

export async function endOwnSession(work: Work<'session.own'>) {
  if (work.sessionId) await endSession(work, { id: work.sessionId, userId: work.actor.id });
  await work.audit({
    action: 'session.ended',
    subject: { type: 'user', id: work.actor.id },
    after: { sessionId: work.sessionId },
  });
}

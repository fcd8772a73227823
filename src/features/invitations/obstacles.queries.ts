import { invitationLimits } from '@/lib/limits';
import type { InvitationObstacle } from '@/lib/obstacles';
import { empty, type Sql, sql } from '@/server/db/sql';
import type { Can, Scope, Work } from '@/server/work';
import { beyondPerson } from './grant-check.queries';

const isOver = sql`i.state NOT IN ('open', 'expired')`;

/**
 * What stands against another mail about it. The person's own state is not asked: outside the sender's view a refusal
 * would tell it. A dead link tells nothing.
 */
const mailObstacle: Sql = sql`
  CASE WHEN EXISTS (SELECT FROM invitation o WHERE o.user_id = i.user_id AND o.state = 'open' AND o.id <> i.id
                       AND o.organization_id IS NOT DISTINCT FROM i.organization_id) THEN 'newer_open'
       WHEN (SELECT count(*) FROM email e
              WHERE e.subject_type = 'invitation' AND e.subject_id = i.id AND e.template = 'invitation'
                AND (e.params->>'version')::int > 1 AND e.created_at > app_now() - interval '1 day')
            >= ${invitationLimits.resendsPerDay}::int THEN 'too_often' END`;

/**
 * The one rule for sending again, over rows of `invitation i`: asked for one, for a chunk and for a whole list. What is
 * held lets nobody in however often it is sent.
 */
export const resendObstacle: Sql = sql`
  CASE WHEN ${isOver} THEN 'not_pending' WHEN i.held_since IS NOT NULL THEN 'held' ELSE ${mailObstacle} END`;

/**
 * The one rule for confirming: what is held, by somebody who may grant all of it now, and may be sent. `isBeyond` says
 * what this person may not grant.
 */
export function confirmObstacle(isBeyond: Sql): Sql {
  return sql`
    CASE WHEN ${isOver} THEN 'not_pending' WHEN i.held_since IS NULL THEN 'not_held'
         WHEN ${isBeyond} THEN 'not_granted' ELSE ${mailObstacle} END`;
}

export const cancelObstacle: Sql = sql`CASE WHEN ${isOver} THEN 'not_pending' END`;

/** What stands against sending it again, against confirming it, and against cancelling it. */
export type Obstacles = {
  resend: InvitationObstacle | null;
  confirm: InvitationObstacle | null;
  cancel: InvitationObstacle | null;
};

const obstacles = (isBeyond: Sql) => sql`
  ${resendObstacle} AS resend, ${confirmObstacle(isBeyond)} AS confirm, ${cancelObstacle} AS cancel`;

function isMine(ids: string[], scope: Scope): Sql {
  return sql`i.id = ANY(${ids}::uuid[])
    ${scope.all ? empty : sql`AND i.organization_id = ANY(${scope.organizationIds}::uuid[])`}`;
}

/** The same for showing it before anybody tries; null where the reader may not invite. Under lock it is asked again. */
export async function findObstacles(can: Can<'users.invite'>, id: string): Promise<Obstacles | null> {
  const { held, isBeyond } = beyondPerson(can.actor.id);
  const [found] = await can.db.$queryRaw<Obstacles[]>`
    WITH ${held} SELECT ${obstacles(isBeyond)} FROM invitation i WHERE ${isMine([id], can.scope('users.invite'))}`;
  return found ?? null;
}

export type LockedInvitation = Obstacles & {
  id: string;
  userId: string;
  organizationId: string | null;
  senderId: string | null;
  email: string;
  version: number;
  state: 'open' | 'accepted' | 'cancelled' | 'expired';
  onHoldSince: Date | null;
};

/**
 * Those of the invitations that lie in the actor's scope, locked in one order, as they are now. Somebody else's is not
 * among them. Read after the lock: a row that was waited for is then seen as the other one left it.
 */
export async function lockInvitations(work: Work<'users.invite'>, ids: string[]): Promise<LockedInvitation[]> {
  const mine = isMine(ids, work.scope('users.invite'));
  await work.db.$executeRaw`SELECT i.id FROM invitation i WHERE ${mine} ORDER BY i.id FOR UPDATE`;
  const { held, isBeyond } = beyondPerson(work.actor.id);
  return work.db.$queryRaw<LockedInvitation[]>`
    WITH ${held}
    SELECT i.id, i.user_id AS "userId", i.organization_id AS "organizationId", i.sender_id AS "senderId", i.email,
           i.version, i.state, i.held_since AS "onHoldSince", ${obstacles(isBeyond)}
      FROM invitation i WHERE ${mine}`;
}

import { invitationLimits } from '@/lib/limits';
import type { InvitationObstacle } from '@/lib/obstacle-words';
import { type ScopedSql, type Sql, sql } from '@/server/db/sql';
import { within } from '@/server/scope';
import type { Can, Work } from '@/server/work';
import { beyondPerson } from './grant-check.queries';

const isOver = sql`i.state NOT IN ('open', 'expired')`;

/** The account status is not checked: outside the sender's view a refusal would reveal it, a dead link does not. */
const mailObstacle: Sql = sql`
  CASE WHEN EXISTS (SELECT FROM invitation o WHERE o.user_id = i.user_id AND o.state = 'open' AND o.id <> i.id
                       AND o.organization_id IS NOT DISTINCT FROM i.organization_id) THEN 'newer_open'
       WHEN (SELECT count(*) FROM email e
              WHERE e.subject_type = 'invitation' AND e.subject_id = i.id AND e.template = 'invitation'
                AND (e.params->>'version')::int > 1 AND e.created_at > app_now() - interval '1 day')
            >= ${invitationLimits.resendsPerDay}::int THEN 'too_often' END`;

/** The one rule for resending, over `invitation i`. On hold is refused, because its new link would not work either. */
export const resendObstacle: Sql = sql`
  CASE WHEN ${isOver} THEN 'not_pending' WHEN i.held_since IS NOT NULL THEN 'held' ELSE ${mailObstacle} END`;

/**
 * The one rule for confirming: the invitation is on hold, the actor may grant all of it now, and it may be sent again.
 * `isBeyond` is the condition that it grants more than the actor may.
 */
export function confirmObstacle(isBeyond: Sql): Sql {
  return sql`
    CASE WHEN ${isOver} THEN 'not_pending' WHEN i.held_since IS NULL THEN 'not_held'
         WHEN ${isBeyond} THEN 'not_granted' ELSE ${mailObstacle} END`;
}

export const cancelObstacle: Sql = sql`CASE WHEN ${isOver} THEN 'not_pending' END`;

export type Obstacles = {
  resend: InvitationObstacle | null;
  confirm: InvitationObstacle | null;
  cancel: InvitationObstacle | null;
};

const obstacles = (isBeyond: Sql) => sql`
  ${resendObstacle} AS resend, ${confirmObstacle(isBeyond)} AS confirm, ${cancelObstacle} AS cancel`;

function isMine(can: Can<'users.invite'>, ids: string[]): ScopedSql {
  return sql`i.id = ANY(${ids}::uuid[]) AND ${within(can, 'users.invite', sql`i.organization_id`)}`;
}

/** The obstacles to show on a page; null if the reader may not invite. The action checks them again under a lock. */
export async function findObstacles(can: Can<'users.invite'>, id: string): Promise<Obstacles | null> {
  const { granted, isBeyond } = beyondPerson(can.actor.id);
  const [found] = await can.read<Obstacles>(sql`
    WITH ${granted} SELECT ${obstacles(isBeyond)} FROM invitation i WHERE ${isMine(can, [id])}`);
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
 * Locks those of the invitations that are in the actor's scope, always in the same order, and then reads them. Reading
 * after the lock shows what another transaction wrote while this one waited.
 */
export async function lockInvitations(work: Work<'users.invite'>, ids: string[]): Promise<LockedInvitation[]> {
  const mine = isMine(work, ids);
  await work.read(sql`SELECT i.id FROM invitation i WHERE ${mine} ORDER BY i.id FOR UPDATE`);
  const { granted, isBeyond } = beyondPerson(work.actor.id);
  return work.read<LockedInvitation>(sql`
    WITH ${granted}
    SELECT i.id, i.user_id AS "userId", i.organization_id AS "organizationId", i.sender_id AS "senderId", i.email,
           i.version, i.state, i.held_since AS "onHoldSince", ${obstacles(isBeyond)}
      FROM invitation i WHERE ${mine}`);
}

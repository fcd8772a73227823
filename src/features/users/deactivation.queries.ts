import { currentAction, storedActions } from '@/lib/audit-actions';
import { isId } from '@/lib/ids';
import { sql } from '@/server/db/sql';
import { unscoped } from '@/server/scope';
import type { Can } from '@/server/work';

const ownEvents = unscoped('only whether the newest event is the reader’s own');

/** The latest deactivation, reactivation, archiving or restoring, if the reader did it within 15 minutes; null otherwise. */
export async function findOwnLatestChange(can: Can<'users.read'>, id: string): Promise<string | null> {
  if (!isId(id) || !(can.may('users.deactivate') || can.may('users.archive'))) return null;
  const [last] = await can.read<{ action: string; isOwn: boolean | null }>(
    ownEvents,
    sql`
      SELECT action, actor_id = ${can.actor.id}::uuid AS "isOwn" FROM audit_event
       WHERE subject_id = ${id}::uuid AND action = ANY(${[...storedActions('user.deactivated'), 'user.reactivated', 'user.archived', 'user.restored']}::text[])
         AND at > app_now() - interval '15 minutes'
       ORDER BY at DESC, seq DESC LIMIT 1`,
  );
  return last?.isOwn ? currentAction(last.action) : null;
}

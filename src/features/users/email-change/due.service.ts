import { linkLimits } from '@/lib/limits';
import { sql } from '@/server/db/sql';
import { Fail } from '@/server/fail';
import type { SystemTools } from '@/server/job';
import { unscoped } from '@/server/scope';
import type { SystemWork } from '@/server/work';
import { lockRow } from '../account-lock.service';
import { endOpenRequest, toldKeySql, withdrawRequest } from './pending.service';
import { requesterMayStillChange } from './requester.queries';
import { takeAddress } from './take-address.service';

const whenDue = unscoped('a job of the system: every change that is due');

type Due = { id: string; userId: string };

const dueAtOnce = 500;

/**
 * The current address was told three days ago, and not only in a mail that still waits: nobody can object to what they
 * do not know. If that mail could not be sent, only a System Admin can change the address.
 */
const wasTold = sql`EXISTS (
  SELECT FROM email e WHERE e.dedupe_key = ${toldKeySql} AND e.state = 'sent'
     AND e.sent_at <= app_now() - make_interval(secs => ${linkLimits.emailChangeWaitMs / 1000}::float8))`;

/** At most 500, soonest first. The next run takes the others. */
async function listDueChanges(work: SystemWork): Promise<Due[]> {
  return work.read<Due>(
    whenDue,
    sql`
      SELECT c.id, c.user_id AS "userId" FROM email_change c
       WHERE c.ended_at IS NULL AND c.takes_effect_at <= app_now() AND ${wasTold}
       ORDER BY c.takes_effect_at, c.id LIMIT ${dueAtOnce}::int`,
  );
}

/** Nobody objected in time. The requester's right and the person's status are checked when it takes effect. */
async function applyDueChange(work: SystemWork, { id, userId }: Due) {
  const account = await lockRow(work, userId);
  const [change] = await work.read<{ email: string; previous: string; requestedBy: string | null }>(
    whenDue,
    sql`
      SELECT c.email, c.previous, c.requested_by AS "requestedBy" FROM email_change c
       WHERE c.id = ${id}::uuid AND c.ended_at IS NULL AND c.takes_effect_at <= app_now() AND ${wasTold}`,
  );
  if (!change) return;
  const isPossible = ['active', 'inactive'].includes(account.status) && account.email === change.previous;
  if (!isPossible || !(await requesterMayStillChange(work, change.requestedBy, account))) {
    return withdrawRequest(work, account);
  }
  await endOpenRequest(work, userId, 'confirmed');
  await takeAddress(work, account, { ...change, isConfirmed: true });
}

/** Ends a change that is due but whose address another account has by now. */
async function dropTakenChange(work: SystemWork, { id, userId }: Due) {
  const account = await lockRow(work, userId);
  const [open] = await work.read(whenDue, sql`SELECT 1 FROM email_change WHERE id = ${id}::uuid AND ended_at IS NULL`);
  if (open) await withdrawRequest(work, account);
}

/** Each in a transaction of its own, so that one that fails holds up no other. */
export async function applyDueEmailChanges({ unit }: SystemTools) {
  const failed: unknown[] = [];
  for (const due of await unit(listDueChanges)) {
    try {
      await unit((work) => applyDueChange(work, due));
    } catch (error) {
      if (error instanceof Fail && error.code === 'email_change.taken')
        await unit((work) => dropTakenChange(work, due));
      else failed.push(error);
    }
  }
  if (failed.length > 0) throw failed[0];
}

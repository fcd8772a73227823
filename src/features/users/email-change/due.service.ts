import { sql } from '@/server/db/sql';
import { Fail } from '@/server/fail';
import type { SystemTools } from '@/server/job';
import { unscoped } from '@/server/scope';
import type { SystemWork } from '@/server/work';
import { lockRow } from '../account-lock.service';
import { endOpenRequest, withdrawRequest } from './pending.service';
import { requesterMayStillChange } from './requester.queries';
import { takeAddress } from './take-address.service';

const whenDue = unscoped('a job of the system: every change that is due');

type Due = { id: string; userId: string };

const dueAtOnce = 500;

/** At most 500, soonest first. The next run takes the others. */
async function listDueChanges(work: SystemWork): Promise<Due[]> {
  return work.read<Due>(
    whenDue,
    sql`
      SELECT id, user_id AS "userId" FROM email_change WHERE ended_at IS NULL AND takes_effect_at <= app_now()
       ORDER BY takes_effect_at, id LIMIT ${dueAtOnce}::int`,
  );
}

/** Nobody objected in time. The requester's right and the person's status are checked when it takes effect. */
async function applyDueChange(work: SystemWork, { id, userId }: Due) {
  const account = await lockRow(work, userId);
  const [change] = await work.read<{ email: string; previous: string; requestedBy: string | null }>(
    whenDue,
    sql`
      SELECT email, previous, requested_by AS "requestedBy" FROM email_change
       WHERE id = ${id}::uuid AND ended_at IS NULL AND takes_effect_at <= app_now()`,
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

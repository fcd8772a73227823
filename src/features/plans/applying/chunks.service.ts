import type { Permission } from '@/lib/permissions';
import { crashPoint } from '@/server/crash-point';
import { sql } from '@/server/db/sql';
import type { JobTools } from '@/server/job';
import { unscoped } from '@/server/scope';
import type { Work, Writes } from '@/server/work';
import { isPlanUnchanged } from '../hash.service';
import { assertAllowedThere } from '../owner.policy';
import {
  chunkRows,
  type PendingRow,
  type PlanHead,
  type PlanKind,
  type ReceiptCounts,
  type RowResult,
} from '../plan.schema';
import { countByStatus } from '../rows.queries';
import { countProgress } from '../rows.service';
import { stillOwnsEpoch, takeUp } from './lock.service';

const lockedPlan = unscoped('the plan was locked before');

/** Each chunk is one transaction that checks permissions again. After a crash the next run continues behind it. */
export async function applyPlan<P extends Permission>(
  kind: PlanKind<P>,
  tools: JobTools<P>,
  id: string,
): Promise<void> {
  const plan = await tools.unit((work) => takeUp(work, id, 'applying'));
  if (!plan) return;
  if (plan.doneRows === 0 && (await tools.unit((work) => sendBackStale(work, kind, plan)))) return;
  let last: number | null = 0;
  while (last !== null) {
    const after: number = last;
    last = await tools.unit((work) => applyNext(work, kind, plan, after), { timeoutMs: 60_000 });
    crashPoint('plan.chunk.afterCommit');
  }
  await tools.unit((work) => finish(work, kind, plan), { timeoutMs: 120_000 });
  crashPoint('plan.finish.afterCommit');
}

/** Sends a plan back to review if a role or group was edited between confirming and starting. */
async function sendBackStale<P extends Permission>(work: Work<P>, kind: PlanKind<P>, plan: PlanHead): Promise<boolean> {
  if (!(await stillOwnsEpoch(work, plan))) return true;
  if (await isPlanUnchanged(work, plan, kind.handsOut(plan.params))) return false;
  await work.write(
    lockedPlan,
    sql`
      UPDATE plan SET state = 'ready', error = 'plan.stale', confirmed_at = NULL, started_at = NULL
       WHERE id = ${plan.id}::uuid`,
  );
  await work.audit({
    action: `${kind.kind}.sent_back`,
    subject: { type: kind.kind, id: plan.id },
    organizationId: plan.organizationId,
    after: { reason: 'plan.stale' },
  });
  return true;
}

async function applyNext<P extends Permission>(
  work: Work<P>,
  kind: PlanKind<P>,
  plan: PlanHead,
  after: number,
): Promise<number | null> {
  if (!(await stillOwnsEpoch(work, plan))) return null;
  assertAllowedThere(work, kind.permission, plan);
  const rows = await work.read<PendingRow>(
    lockedPlan,
    sql`
      SELECT n, verdict, subject_id AS "subjectId", subject_version AS "subjectVersion", change FROM plan_row
       WHERE plan_id = ${plan.id}::uuid AND status = 'pending' AND n > ${after}::int ORDER BY n LIMIT ${chunkRows}::int`,
  );
  const last = rows.at(-1);
  if (!last) return null;
  const results = await kind.applyChunk(work, plan, rows);
  if (results.length !== rows.length) throw new Error(`${rows.length} rows, ${results.length} results.`);
  await writeResults(work, plan, results);
  crashPoint('plan.chunk.beforeCommit');
  return last.n;
}

async function writeResults(work: Writes, plan: PlanHead, results: RowResult[]) {
  const records = results.map(({ n, status, subjectId, did, reason }) => ({
    n,
    status,
    subject: subjectId ?? null,
    result: { ...(did && { did }), ...(reason && { reason }) },
  }));
  // The bounds keep Postgres from scanning the whole plan for each chunk.
  const numbers = results.map((result) => result.n);
  await work.write(
    lockedPlan,
    sql`
      UPDATE plan_row p SET status = x.status::plan_row_status, result = x.result,
             subject_id = coalesce(x.subject, p.subject_id)
        FROM jsonb_to_recordset(${JSON.stringify(records)}::jsonb) AS x(n int, status text, subject uuid, result jsonb)
       WHERE p.plan_id = ${plan.id}::uuid AND p.n = x.n
         AND p.n BETWEEN ${Math.min(...numbers)}::int AND ${Math.max(...numbers)}::int`,
  );
  await countProgress(work, plan.id, results.length);
}

async function finish<P extends Permission>(work: Work<P>, kind: PlanKind<P>, plan: PlanHead) {
  if (!(await stillOwnsEpoch(work, plan))) return;
  const counts = await endPlan(work, plan, 'done', null);
  await kind.finished?.(work, plan, counts);
  await work.audit({
    action: `${kind.kind}.applied`,
    subject: { type: kind.kind, id: plan.id },
    organizationId: plan.organizationId,
    after: { ...counts },
  });
  crashPoint('plan.finish.beforeCommit');
}

export async function endPlan(
  work: Writes,
  plan: PlanHead,
  state: 'done' | 'cancelled' | 'failed',
  error: string | null,
): Promise<ReceiptCounts> {
  const by = await countByStatus(work, plan.id);
  const did = await work.read<{ did: string; count: number }>(
    lockedPlan,
    sql`
      SELECT result->>'did' AS did, count(*)::int AS count FROM plan_row
       WHERE plan_id = ${plan.id}::uuid AND status = 'applied' AND result ? 'did' GROUP BY 1`,
  );
  const counts: ReceiptCounts = {
    applied: by.applied ?? 0,
    refused: by.refused ?? 0,
    skipped: by.skipped ?? 0,
    left: by.pending ?? 0,
    did: Object.fromEntries(did.map((row) => [row.did, row.count])),
  };
  await work.write(
    lockedPlan,
    sql`
      UPDATE plan SET state = ${state}::plan_state, error = ${error}, finished_at = app_now(), worked_at = app_now()
       WHERE id = ${plan.id}::uuid`,
  );
  if (plan.state === 'applying')
    await work.write(lockedPlan, (tables) => tables.receipt.create({ data: { planId: plan.id, counts } }));
  return counts;
}

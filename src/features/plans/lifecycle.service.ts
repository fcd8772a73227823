import type { Permission } from '@/lib/permissions';
import { crashPoint } from '@/server/crash-point';
import { type JsonObject, sql } from '@/server/db/sql';
import { Fail } from '@/server/fail';
import { type JobTools, job } from '@/server/job';
import { unscoped } from '@/server/scope';
import type { Reads, SystemWork, Work, Writes } from '@/server/work';
import { applyPlan, endPlan } from './applying/chunks.service';
import { countFailure, failPlan } from './applying/failure.service';
import { findPlanCreator, planColumns, plansInScope } from './details.queries';
import { digestPlan, isPlanUnchanged } from './hash.service';
import { assertAllowedThere, assertOwnPlan } from './owner.policy';
import type { PlanHead, PlanId, PlanJob, PlanKind } from './plan.schema';
import { deletePlanRows } from './rows.service';

const lockedPlan = unscoped('the plan was locked before');

type Recovery = { jobOf(state: PlanHead['state']): PlanJob; giveUp(work: SystemWork, id: string): Promise<void> };

export const planKinds = new Map<string, Recovery>();

/** Joins both jobs of a kind to their handlers. They run for the person who made the plan. */
export function registerPlanKind<P extends Permission>(
  kind: PlanKind<P>,
  prepare: (tools: JobTools<P>, id: string) => Promise<void>,
) {
  planKinds.set(kind.kind, {
    jobOf: (state) => (state === 'applying' ? kind.applyJob : kind.prepareJob),
    giveUp: (work, id) => failPlan(work, kind, id, 'stuck'),
  });
  const definition = {
    permission: kind.permission,
    actor: (reads: Reads, { id }: PlanId) => findPlanCreator(reads, id),
    refused: (work: SystemWork, { id }: PlanId) => failPlan(work, kind, id, 'not_allowed'),
    failed: (work: SystemWork, { id }: PlanId, error: unknown) => countFailure(work, kind, id, error),
  };
  job(kind.prepareJob, { ...definition, run: (tools, { id }) => prepare(tools, id) });
  job(kind.applyJob, { ...definition, run: (tools, { id }) => applyPlan(kind, tools, id) });
}

/** Locks a plan in one of these states. A plan where the caller lacks the permission is not found. */
export async function lockOwnPlan<P extends Permission>(
  work: Work<P>,
  kind: PlanKind<P>,
  id: string,
  states: PlanHead['state'][],
): Promise<PlanHead> {
  const [plan] = await work.read<PlanHead>(sql`
    SELECT ${planColumns} FROM plan p
     WHERE p.id = ${id}::uuid AND p.kind = ${kind.kind} ${plansInScope(work, kind.permission)} FOR UPDATE`);
  if (!plan) throw new Fail('not_found');
  if (!states.includes(plan.state)) throw new Fail('plan.state');
  return plan;
}

export async function startPreparing<P extends Permission>(
  work: Work<P>,
  kind: PlanKind<P>,
  plan: PlanHead,
  start: { params: JsonObject; total: number },
) {
  assertOwnPlan(work, plan);
  await deletePlanRows(work, plan.id);
  await work.write(
    lockedPlan,
    sql`
      UPDATE plan SET state = 'preparing', params = ${JSON.stringify(start.params)}::jsonb, counts = '{}', error = NULL,
             total = ${start.total}, done_rows = 0, tries = 0, take_ups = 0, hash = NULL, confirmed_at = NULL, started_at = NULL,
             epoch = epoch + 1, worked_at = app_now()
       WHERE id = ${plan.id}::uuid`,
  );
  await work.enqueue(kind.prepareJob, { id: plan.id });
}

/** Makes a validated plan ready for review. Call it in the transaction that validated the last rows. */
export async function readyPlan<P extends Permission>(
  work: Writes,
  kind: PlanKind<P>,
  plan: PlanHead,
  params: JsonObject,
): Promise<void> {
  const applying = kind.verdicts.filter((verdict) => verdict.applies).map((verdict) => verdict.key);
  await work.write(
    lockedPlan,
    sql`
      UPDATE plan SET state = 'ready', params = ${JSON.stringify(params)}::jsonb, done_rows = 0, started_at = NULL,
             counts = coalesce((SELECT jsonb_object_agg(verdict, n) FROM
               (SELECT verdict, count(*)::int AS n FROM plan_row WHERE plan_id = plan.id GROUP BY verdict) v), '{}'),
             total = (SELECT count(*)::int FROM plan_row WHERE plan_id = plan.id AND verdict = ANY(${applying}))
       WHERE id = ${plan.id}::uuid`,
  );
  const hash = await digestPlan(work, plan.id, params, kind.handsOut(params as never));
  await work.write(lockedPlan, sql`UPDATE plan SET hash = decode(${hash}, 'hex') WHERE id = ${plan.id}::uuid`);
}

/** The hash of the page, the stored one and a fresh one must be the same. The same transaction queues the job. */
export async function confirmPlan<P extends Permission>(
  work: Work<P>,
  kind: PlanKind<P>,
  id: string,
  reviewed: string,
) {
  const plan = await lockOwnPlan(work, kind, id, ['ready']);
  assertOwnPlan(work, plan);
  if (plan.total === 0) throw new Fail('plan.state');
  const isUnchanged = await isPlanUnchanged(work, plan, kind.handsOut(plan.params));
  if (plan.error !== null || plan.hash !== reviewed || !isUnchanged) throw new Fail('plan.stale');
  await work.write(
    lockedPlan,
    sql`
      UPDATE plan SET state = 'applying', confirmed_at = app_now(), worked_at = app_now(), done_rows = 0, tries = 0,
             take_ups = 0
       WHERE id = ${id}::uuid`,
  );
  await work.enqueue(kind.applyJob, { id });
  await work.audit({
    action: `${kind.kind}.confirmed`,
    subject: { type: kind.kind, id },
    organizationId: plan.organizationId,
    after: { rows: plan.total, counts: plan.counts },
  });
  crashPoint('plan.confirm.beforeCommit');
}

/** Stops a plan. If it is being applied, the lock waits for the current chunk, and the receipt says what was done. */
export async function cancelPlan<P extends Permission>(
  work: Work<P>,
  kind: PlanKind<P>,
  id: string,
): Promise<{ hadBegun: boolean }> {
  const plan = await lockOwnPlan(work, kind, id, ['preparing', 'ready', 'applying']);
  assertAllowedThere(work, kind.permission, plan);
  const counts = await endPlan(work, plan, 'cancelled', null);
  await work.audit({
    action: `${kind.kind}.cancelled`,
    subject: { type: kind.kind, id },
    organizationId: plan.organizationId,
    after: { ...counts },
  });
  return { hadBegun: plan.state === 'applying' };
}

import { lockPlan, stillOwnsEpoch, takeUp } from '@/features/plans/applying/lock.service';
import { cancelPlan, confirmPlan, lockOwnPlan, readyPlan } from '@/features/plans/lifecycle.service';
import { assertAllowedThere } from '@/features/plans/owner.policy';
import type { PlanHead } from '@/features/plans/plan.schema';
import { newId } from '@/lib/ids';
import { fullNameSql } from '@/server/db/names';
import { type Sql, sql } from '@/server/db/sql';
import { Fail } from '@/server/fail';
import type { JobTools } from '@/server/job';
import type { Scope, Work } from '@/server/work';
import { beyondPerson } from '../grant-check.queries';
import { matches } from '../list.queries';
import { cancelObstacle, confirmObstacle, resendObstacle } from '../obstacles.queries';
import { invitationsKind } from './bulk-apply.service';
import { assertTyped } from './confirmation.policy';
import { type BulkParams, type ConfirmBulk, readBulkParams, type Selection, storedBulkParams } from './plan.schema';

type InviteWork = Work<'users.invite'>;

/** Up to here the rows are judged while the person waits; more is work for the job. */
const validatedAtOnce = 10_000;

/** Makes a plan of the chosen invitations, or of all that match the list's filters. Answers the plan's id. */
export async function planBulk(work: InviteWork, { action, selection }: BulkParams): Promise<string> {
  if ('ids' in selection && selection.ids.length === 0)
    throw new Fail('input', { errors: { '': ['Choose at least one invitation first.'] } });
  const { organizationId, isMany } = await reach(work, selection);
  const id = newId();
  const params = JSON.stringify(storedBulkParams({ action, selection }));
  await work.db.$executeRaw`
    INSERT INTO plan (id, kind, state, organization_id, created_by, params, worked_at)
    VALUES (${id}::uuid, ${invitationsKind.kind}, 'preparing', ${organizationId}::uuid, ${work.actor.id}::uuid,
            ${params}::jsonb, app_now())`;
  const plan = await lockPlan(work.db, id);
  if (!plan) throw new Fail('not_found');
  if (isMany) await work.enqueue(invitationsKind.validateQueue, { id });
  else await judge(work, plan);
  await work.audit({
    action: `${invitationsKind.kind}.planned`,
    subject: { type: invitationsKind.kind, id },
    organizationId,
    after: { action, selection },
  });
  return id;
}

/** Where the plan works. A selection in which nothing is the actor's to change is as good as none. */
async function reach(work: InviteWork, selection: Selection) {
  const scope = work.scope('users.invite');
  const rows = sql`FROM invitation i WHERE ${chosen(selection)} AND ${inside(scope)}`;
  const [found] = await work.db.$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM (SELECT 1 ${rows} LIMIT ${validatedAtOnce + 1}::int) matching`;
  const count = found?.count ?? 0;
  if (count === 0) throw new Fail('not_found', { detail: 'None of these invitations is there. Reload the list.' });
  const isMany = count > validatedAtOnce;
  if (scope.all) return { organizationId: null, isMany };
  const places = await work.db.$queryRaw<{ id: string }[]>`
    SELECT DISTINCT i.organization_id AS id ${rows} LIMIT 2`;
  const [only, other] = places;
  if (!only || other)
    throw new Fail('input', { errors: { '': ['Choose invitations of one organization at a time.'] } });
  return { organizationId: only.id, isMany };
}

function chosen(selection: Selection): Sql {
  return 'ids' in selection ? sql`i.id = ANY(${selection.ids}::uuid[])` : matches(selection.filter);
}

function inside(scope: Scope): Sql {
  return scope.all ? sql`true` : sql`i.organization_id = ANY(${scope.organizationIds}::uuid[])`;
}

/**
 * Judges every chosen invitation in one statement and readies the plan. What the person does not see in the list is not
 * among them; what they see and may not change is, with that verdict. Of several that ran out for the same person and
 * place the newest is sent again.
 */
async function judge(work: InviteWork, plan: PlanHead) {
  const { action, selection } = readBulkParams(plan.params);
  const isHere = plan.organizationId === null ? sql`true` : sql`i.organization_id = ${plan.organizationId}::uuid`;
  const read = work.as('invitations.read')?.scope('invitations.read') ?? { all: false, organizationIds: [] };
  const order = sql`CASE i.state WHEN 'open' THEN 0 WHEN 'expired' THEN 1 ELSE 2 END, i.created_at DESC, i.id DESC`;
  const { held, isBeyond } = beyondPerson(work.actor.id);
  const obstacle = { cancel: cancelObstacle, resend: resendObstacle, confirm: confirmObstacle(isBeyond) }[action];
  const doubled =
    action === 'cancel'
      ? sql`false`
      : sql`row_number() OVER (PARTITION BY i.user_id, i.organization_id ORDER BY ${order}) > 1`;
  await work.db.$executeRaw`
    WITH ${held}
    INSERT INTO plan_row (plan_id, n, verdict, subject_id, subject_version, label, change, reasons, status)
    SELECT ${plan.id}::uuid, row_number() OVER (ORDER BY f.created_at DESC, f.id DESC),
           CASE WHEN f.reason IS NULL THEN 'apply' WHEN f.reason IN ('too_often', 'not_allowed') THEN f.reason
                WHEN f.reason = 'not_granted' THEN 'not_allowed' ELSE 'unchanged' END,
           f.id, f.version, f.email, jsonb_build_object('name', ${fullNameSql(sql`f`)},
             'organization', o.name, 'state', f.state, 'expiresAt', f.expires_at),
           CASE WHEN f.reason IS NULL THEN '[]' ELSE jsonb_build_array(jsonb_build_object('code', f.reason)) END,
           (CASE WHEN f.reason IS NULL THEN 'pending' ELSE 'skipped' END)::plan_row_status
      FROM (SELECT i.*, CASE WHEN (${isHere}) IS NOT TRUE THEN 'not_allowed'
                             ELSE coalesce(${obstacle}, CASE WHEN ${doubled} THEN 'newer_open' END) END AS reason
              FROM invitation i WHERE ${chosen(selection)} AND (${isHere} OR ${inside(read)})) f
      LEFT JOIN organization o ON o.id = f.organization_id`;
  await readyPlan(work.db, invitationsKind, plan, storedBulkParams({ action, selection }));
}

/** The job for many: all rows are judged in one transaction, so one that died left nothing. */
export async function prepareBulk(tools: JobTools<'users.invite'>, id: string) {
  const plan = await tools.unit((work) => takeUp(work.db, id, 'preparing'), { exempt: true });
  if (!plan) return;
  const validateAll = async (work: InviteWork) => {
    if (!(await stillOwnsEpoch(work.db, plan))) return;
    assertAllowedThere(work, 'users.invite', plan);
    await judge(work, plan);
  };
  await tools.unit(validateAll, { exempt: true, timeoutMs: 120_000 });
}

/** Confirms what was reviewed; many that end for good want their number typed. */
export async function confirmBulk(work: InviteWork, input: ConfirmBulk) {
  const plan = await lockOwnPlan(work, invitationsKind, input.id, ['ready']);
  assertTyped(readBulkParams(plan.params).action, plan.total, input);
  await confirmPlan(work, invitationsKind, input.id, input.hash);
}

/** Answers whether it had begun: then what was done stays done. */
export function cancelBulk(work: InviteWork, id: string): Promise<{ hadBegun: boolean }> {
  return cancelPlan(work, invitationsKind, id);
}

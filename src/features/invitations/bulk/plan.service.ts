import { announcePlan } from '@/features/plans/announce.service';
import { lockPlan, stillOwnsEpoch, takeUp } from '@/features/plans/applying/lock.service';
import { cancelPlan, confirmPlan, lockOwnPlan, readyPlan } from '@/features/plans/lifecycle.service';
import { assertAllowedThere } from '@/features/plans/owner.policy';
import type { PlanHead } from '@/features/plans/plan.schema';
import { insertPlanRows } from '@/features/plans/rows.service';
import { newId } from '@/lib/ids';
import { fullNameSql } from '@/server/db/names';
import { type Sql, sql } from '@/server/db/sql';
import { Fail } from '@/server/fail';
import type { JobTools } from '@/server/job';
import { narrowedTo, nowhere, within } from '@/server/scope';
import type { Work } from '@/server/work';
import { beyondPerson } from '../grant-check.queries';
import { matches } from '../list.queries';
import { cancelObstacle, confirmObstacle, resendObstacle } from '../obstacles.queries';
import { invitationsKind } from './bulk-apply.service';
import { assertTyped } from './confirmation.policy';
import { type BulkParams, type ConfirmBulk, readBulkParams, type Selection, storedBulkParams } from './plan.schema';

type InviteWork = Work<'users.invite'>;

/** Up to this many rows are validated while the person waits; the job does more. */
const validatedAtOnce = 10_000;

export async function planBulk(work: InviteWork, { action, selection }: BulkParams): Promise<string> {
  if ('ids' in selection && selection.ids.length === 0)
    throw new Fail('input', { errors: { '': ['Choose at least one invitation first.'] } });
  const { organizationId, isMany } = await reach(work, selection);
  const id = newId();
  const params = storedBulkParams({ action, selection });
  await announcePlan(work, { id, kind: invitationsKind.kind, organizationId, createdBy: work.actor.id, params });
  const plan = await lockPlan(work, id);
  if (!plan) throw new Fail('not_found');
  if (isMany) await work.enqueue(invitationsKind.prepareJob, { id });
  else await validate(work, plan);
  await work.audit({
    action: 'invitations.planned',
    subject: { type: invitationsKind.kind, id },
    organizationId,
    after: { action, selection },
  });
  return id;
}

async function reach(work: InviteWork, selection: Selection) {
  const inside = within(work, 'users.invite', sql`i.organization_id`);
  const rows = sql`FROM invitation i WHERE ${chosen(selection)} AND ${inside}`;
  const [found] = await work.read<{ count: number }>(sql`
    SELECT count(*)::int AS count FROM (SELECT 1 ${rows} LIMIT ${validatedAtOnce + 1}::int) matching`);
  const count = found?.count ?? 0;
  if (count === 0) throw new Fail('not_found', { detail: 'None of these invitations was found. Reload the list.' });
  const isMany = count > validatedAtOnce;
  if (work.may('users.invite', null)) return { organizationId: null, isMany };
  const places = await work.read<{ id: string }>(sql`
    SELECT DISTINCT i.organization_id AS id ${rows} LIMIT 2`);
  const [only, other] = places;
  if (!only || other)
    throw new Fail('input', { errors: { '': ['Choose invitations of one organization at a time.'] } });
  return { organizationId: only.id, isMany };
}

function chosen(selection: Selection): Sql {
  return 'ids' in selection ? sql`i.id = ANY(${selection.ids}::uuid[])` : matches(selection.filter);
}

/**
 * Validates every chosen invitation in one statement and readies the plan. Invitations the actor cannot see are left
 * out; those they see but may not change get that verdict. If several expired for the same person and place, only the
 * newest is resent.
 */
async function validate(work: InviteWork, plan: PlanHead) {
  const { action, selection } = readBulkParams(plan.params);
  const isHere = within(narrowedTo(work, plan.organizationId), 'users.invite', sql`i.organization_id`);
  const reader = work.as('invitations.read');
  const isReadable = reader ? within(reader, 'invitations.read', sql`i.organization_id`) : nowhere;
  const order = sql`CASE i.state WHEN 'open' THEN 0 WHEN 'expired' THEN 1 ELSE 2 END, i.created_at DESC, i.id DESC`;
  const { granted, isBeyond } = beyondPerson(work.actor.id);
  const obstacle = { cancel: cancelObstacle, resend: resendObstacle, confirm: confirmObstacle(isBeyond) }[action];
  const isDuplicate =
    action === 'cancel'
      ? sql`false`
      : sql`row_number() OVER (PARTITION BY i.user_id, i.organization_id ORDER BY ${order}) > 1`;
  const rows = sql`
    WITH ${granted}
    SELECT row_number() OVER (ORDER BY f.created_at DESC, f.id DESC) AS n,
           CASE WHEN f.reason IS NULL THEN 'apply' WHEN f.reason IN ('too_often', 'not_allowed') THEN f.reason
                WHEN f.reason = 'not_granted' THEN 'not_allowed' ELSE 'unchanged' END AS verdict,
           f.id AS subject_id, f.version AS subject_version, f.email AS label,
           jsonb_build_object('name', ${fullNameSql(sql`f`)},
             'organization', o.name, 'state', f.state, 'expiresAt', f.expires_at) AS change,
           CASE WHEN f.reason IS NULL THEN '[]' ELSE jsonb_build_array(jsonb_build_object('code', f.reason)) END AS reasons
      FROM (SELECT i.*, CASE WHEN (${isHere}) IS NOT TRUE THEN 'not_allowed'
                             ELSE coalesce(${obstacle}, CASE WHEN ${isDuplicate} THEN 'newer_open' END) END AS reason
              FROM invitation i WHERE ${chosen(selection)} AND (${isHere} OR ${isReadable})) f
      LEFT JOIN organization o ON o.id = f.organization_id`;
  await insertPlanRows(work, invitationsKind, plan.id, rows);
  await readyPlan(work, invitationsKind, plan, storedBulkParams({ action, selection }));
}

/** The job for large selections. It validates all rows in one transaction, so a crash leaves nothing behind. */
export async function prepareBulk(tools: JobTools<'users.invite'>, id: string) {
  const plan = await tools.unit((work) => takeUp(work, id, 'preparing'));
  if (!plan) return;
  const validateAll = async (work: InviteWork) => {
    if (!(await stillOwnsEpoch(work, plan))) return;
    assertAllowedThere(work, 'users.invite', plan);
    await validate(work, plan);
  };
  await tools.unit(validateAll, { timeoutMs: 120_000 });
}

export async function confirmBulk(work: InviteWork, input: ConfirmBulk) {
  const plan = await lockOwnPlan(work, invitationsKind, input.id, ['ready']);
  assertTyped(readBulkParams(plan.params).action, plan.total, input);
  await confirmPlan(work, invitationsKind, input.id, input.hash);
}

/** Returns whether it had begun. Changes already made stay. */
export function cancelBulk(work: InviteWork, id: string): Promise<{ hadBegun: boolean }> {
  return cancelPlan(work, invitationsKind, id);
}

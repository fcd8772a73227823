import { stillOwnsEpoch, takeUp } from '@/features/plans/applying/lock.service';
import { readyPlan } from '@/features/plans/lifecycle.service';
import { assertAllowedThere } from '@/features/plans/owner.policy';
import type { PlanHead } from '@/features/plans/plan.schema';
import { countProgress, insertPlanRows, type NewPlanRow, skipPlanRows } from '@/features/plans/rows.service';
import { crashPoint } from '@/server/crash-point';
import { sql } from '@/server/db/sql';
import type { JobTools } from '@/server/job';
import { unscoped } from '@/server/scope';
import type { Work, Writes } from '@/server/work';
import { type ImportParams, readParams } from './columns.schema';
import { compareRow } from './diff.service';
import type { Reason } from './messages.schema';
import { importKind } from './plan-kind.service';
import { validateRepeated } from './repeated-rows.service';
import { groupsOf, isAllPowerful, placeOf, rolesOf, type ValidationContext, verdictOf } from './validate.policy';
import {
  findGroups,
  findOrganizations,
  findPeople,
  type GroupLookup,
  groupKey,
  isAnothersFile,
  lastValidatedRow,
  loadRolesByName,
  nextStagedRows,
  tallyOf,
} from './validate.queries';
import { type ImportRow, readingOf, readRow } from './validate.schema';

// Larger batches save little time and cost memory, because rows, people and their JSON are in memory at once.
const batchRows = 1_000;

const planOfJob = unscoped('the job took its plan up before');

/** Each batch is one transaction, so after a crash the next run continues behind the last commit. */
export async function validateImport(tools: JobTools<'users.import'>, id: string): Promise<void> {
  const plan = await tools.unit((work) => takeUp(work, id, 'preparing'));
  const params = plan && readParams(plan.params);
  if (!plan || !params) return;
  crashPoint('import.validate.begun');
  const { header } = await tools.can.read(planOfJob, (tables) =>
    tables.upload.findUniqueOrThrow({ where: { planId: id }, select: { header: true } }),
  );
  const reading = readingOf(params, header);
  let last: number | null = await lastValidatedRow(tools.can, id);
  while (last !== null) {
    const after: number = last;
    const validateNext = async (work: Work<'users.import'>) => {
      if (!(await stillOwnsEpoch(work, plan))) return undefined;
      assertAllowedThere(work, 'users.import', plan);
      const staged = await nextStagedRows(work, id, after, batchRows);
      const rows = staged.map((row) => readRow(row, reading));
      const context = await gather(work, plan, params, rows);
      const validated = rows.map((row) => validateRow(row, context));
      await insertPlanRows(work, importKind, id, validated);
      if (validated.length > 0) await countProgress(work, id, validated.length);
      crashPoint('import.validate.beforeCommit');
      return staged.at(-1)?.n ?? null;
    };
    const reached = await tools.unit(validateNext, { timeoutMs: 60_000 });
    if (reached === undefined) return;
    crashPoint('import.validate.afterCommit');
    last = reached;
  }
  await tools.unit((work) => conclude(work, plan, params), { timeoutMs: 120_000 });
}

async function gather(
  work: Work<'users.import'>,
  plan: PlanHead,
  params: ImportParams,
  rows: ImportRow[],
): Promise<ValidationContext> {
  const own = plan.organizationId;
  const distinct = (values: (string | null)[]) =>
    [...new Set(values)].filter((value) => value !== null && value !== '') as string[];
  const organizations = await findOrganizations(work, distinct(rows.map((row) => row.organization)), own);
  const context: ValidationContext = {
    can: work,
    params,
    own,
    roles: await loadRolesByName(work),
    organizations,
    groups: new Map(),
    people: await findPeople(work, distinct(rows.map((row) => row.email)), !isAllPowerful(work)),
  };
  const lookups = new Map<string, GroupLookup>();
  for (const row of rows) {
    for (const name of row.groups) {
      const group = { organizationId: placeOf(row, context, []), name };
      lookups.set(groupKey(group), group);
    }
  }
  // Platform groups are hidden from an org admin, as if they did not exist.
  context.groups = await findGroups(work, [...lookups.values()], own === null);
  return context;
}

function validateRow(row: ImportRow, context: ValidationContext): NewPlanRow {
  const reasons: Reason[] = [];
  const place = placeOf(row, context, reasons);
  const isForeign = reasons.some((reason) => reason.code === 'organization_foreign');
  // For a row of another organization, an org admin sees only that reason and no other problem.
  if (!isForeign || context.own === null) reasons.push(...row.problems);
  const roles = isForeign ? [] : rolesOf(row, place, context, reasons);
  const groups = isForeign ? { groups: [], newGroups: [] } : groupsOf(row, place, context, reasons);
  const refused = verdictOf(reasons);
  const validated = { n: row.n, label: row.label, subjectId: null, subjectVersion: null, change: {}, reasons };
  if (refused !== null || row.email === null) return { ...validated, verdict: refused ?? 'error' };
  const { email, firstName, lastName, phone, suspended } = row;
  const wanted = { email, firstName, lastName, phone, organization: place, roles, ...groups, suspended };
  const compared = compareRow(wanted, context);
  const { change, verdict, subjectId, subjectVersion } = compared;
  return { ...validated, verdict, subjectId, subjectVersion, change, reasons: compared.reasons };
}

async function conclude(work: Writes, plan: PlanHead, params: ImportParams) {
  if (!(await stillOwnsEpoch(work, plan))) return;
  const tally = await tallyOf(work, plan.id);
  await validateRepeated(work, plan.id);
  if (plan.organizationId !== null && (await isAnothersFile(work, plan.id, params.columns.indexOf('organization'))))
    await refuseStrays(work, plan.id);
  const [counted] = await work.read<{ invites: number }>(
    planOfJob,
    sql`
      SELECT count(*)::int AS invites FROM plan_row
       WHERE plan_id = ${plan.id}::uuid AND status = 'pending' AND change @> '{"invite": true}'`,
  );
  await readyPlan(work, importKind, plan, {
    ...params,
    handsOut: { roles: tally.roles, groups: tally.groups },
    newGroups: { count: tally.newGroups, names: tally.someNewGroups },
    invites: counted?.invites ?? 0,
  });
  crashPoint('import.validate.concluded');
}

/** In another organization's file, rows too short to name an organization are not allowed either. */
async function refuseStrays(work: Writes, planId: string) {
  await skipPlanRows(work, planId, {
    verdict: sql`'not_allowed'`,
    reasons: sql`'[{"code": "organization_foreign"}]'`,
    where: sql`p.verdict <> 'not_allowed'`,
  });
}

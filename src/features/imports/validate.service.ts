import { stillOwnsEpoch, takeUp } from '@/features/plans/applying/lock.service';
import { readyPlan } from '@/features/plans/lifecycle.service';
import type { PlanHead } from '@/features/plans/plan.schema';
import { crashPoint } from '@/server/crash-point';
import type { Tx } from '@/server/db/client';
import type { JobTools } from '@/server/job';
import type { Can } from '@/server/work';
import { type ImportParams, readParams } from './columns.schema';
import { compareRow } from './diff.service';
import type { Reason } from './messages.schema';
import { importKind } from './plan-kind.service';
import { validateRepeated } from './repeated-rows.service';
import { importVerdicts } from './review.schema';
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

type ValidatedRow = {
  n: number;
  verdict: string;
  subject: string | null;
  version: number | null;
  label: string;
  change: object;
  reasons: Reason[];
};

/** Each batch is one transaction, so after a crash the next run continues behind the last commit. */
export async function validateImport(tools: JobTools<'users.import'>, id: string): Promise<void> {
  const plan = await tools.unit((work) => takeUp(work.db, id, 'preparing'), { exempt: true });
  const params = plan && readParams(plan.params);
  if (!plan || !params) return;
  crashPoint('import.validate.begun');
  const { header } = await tools.can.db.upload.findUniqueOrThrow({ where: { planId: id }, select: { header: true } });
  const reading = readingOf(params, header);
  let last: number | null = await lastValidatedRow(tools.can.db, id);
  while (last !== null) {
    const after: number = last;
    const validateNext = async (work: Can & { db: Tx }) => {
      if (!(await stillOwnsEpoch(work.db, plan))) return undefined;
      const staged = await nextStagedRows(work.db, id, after, batchRows);
      const rows = staged.map((row) => readRow(row, reading));
      const context = await gather(work, plan, params, rows);
      await insertRows(
        work.db,
        id,
        rows.map((row) => validateRow(row, context)),
      );
      crashPoint('import.validate.beforeCommit');
      return staged.at(-1)?.n ?? null;
    };
    const reached = await tools.unit(validateNext, { exempt: true, timeoutMs: 60_000 });
    if (reached === undefined) return;
    crashPoint('import.validate.afterCommit');
    last = reached;
  }
  await tools.unit((work) => conclude(work.db, plan, params), { exempt: true, timeoutMs: 120_000 });
}

async function gather(work: Can, plan: PlanHead, params: ImportParams, rows: ImportRow[]): Promise<ValidationContext> {
  const own = plan.organizationId;
  const distinct = (values: (string | null)[]) =>
    [...new Set(values)].filter((value) => value !== null && value !== '') as string[];
  const organizations = await findOrganizations(work.db, distinct(rows.map((row) => row.organization)), own);
  const context: ValidationContext = {
    can: work,
    params,
    own,
    roles: await loadRolesByName(work.db),
    organizations,
    groups: new Map(),
    people: await findPeople(work.db, distinct(rows.map((row) => row.email)), !isAllPowerful(work)),
  };
  const lookups = new Map<string, GroupLookup>();
  for (const row of rows) {
    for (const name of row.groups) {
      const group = { organizationId: placeOf(row, context, []), name };
      lookups.set(groupKey(group), group);
    }
  }
  // Platform groups are hidden from an org admin, as if they did not exist.
  context.groups = await findGroups(work.db, [...lookups.values()], own === null);
  return context;
}

function validateRow(row: ImportRow, context: ValidationContext): ValidatedRow {
  const reasons: Reason[] = [];
  const place = placeOf(row, context, reasons);
  const isForeign = reasons.some((reason) => reason.code === 'organization_foreign');
  // For a row of another organization, an org admin sees only that reason and no other problem.
  if (!isForeign || context.own === null) reasons.push(...row.problems);
  const roles = isForeign ? [] : rolesOf(row, place, context, reasons);
  const groups = isForeign ? { groups: [], newGroups: [] } : groupsOf(row, place, context, reasons);
  const refused = verdictOf(reasons);
  const validated = { n: row.n, label: row.label, subject: null, version: null, change: {}, reasons };
  if (refused !== null || row.email === null) return { ...validated, verdict: refused ?? 'error' };
  const { email, firstName, lastName, phone, suspended } = row;
  const wanted = { email, firstName, lastName, phone, organization: place, roles, ...groups, suspended };
  const compared = compareRow(wanted, context);
  const { change, verdict, subjectId, subjectVersion } = compared;
  return { ...validated, verdict, subject: subjectId, version: subjectVersion, change, reasons: compared.reasons };
}

async function insertRows(db: Tx, planId: string, rows: ValidatedRow[]) {
  if (rows.length === 0) return;
  const applying = importVerdicts.filter((verdict) => verdict.applies).map((verdict) => verdict.key as string);
  await db.$executeRaw`
    INSERT INTO plan_row (plan_id, n, verdict, subject_id, subject_version, label, change, reasons, status)
    SELECT ${planId}::uuid, x.n, x.verdict, x.subject, x.version, x.label, x.change, x.reasons,
           (CASE WHEN x.verdict = ANY(${applying}) THEN 'pending' ELSE 'skipped' END)::plan_row_status
      FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
        AS x(n int, verdict text, subject uuid, version int, label text, change jsonb, reasons jsonb)`;
  await db.$executeRaw`
    UPDATE plan SET done_rows = done_rows + ${rows.length}, tries = 0, take_ups = 0, worked_at = app_now()
     WHERE id = ${planId}::uuid`;
}

async function conclude(db: Tx, plan: PlanHead, params: ImportParams) {
  if (!(await stillOwnsEpoch(db, plan))) return;
  const tally = await tallyOf(db, plan.id);
  await validateRepeated(db, plan.id);
  if (plan.organizationId !== null && (await isAnothersFile(db, plan.id, params.columns.indexOf('organization'))))
    await refuseStrays(db, plan.id);
  const [counted] = await db.$queryRaw<{ invites: number }[]>`
    SELECT count(*)::int AS invites FROM plan_row
     WHERE plan_id = ${plan.id}::uuid AND status = 'pending' AND change @> '{"invite": true}'`;
  await readyPlan(db, importKind, plan, {
    ...params,
    handsOut: { roles: tally.roles, groups: tally.groups },
    newGroups: { count: tally.newGroups, names: tally.someNewGroups },
    invites: counted?.invites ?? 0,
  });
  crashPoint('import.validate.concluded');
}

/** In another organization's file, rows too short to name an organization are not allowed either. */
async function refuseStrays(db: Tx, planId: string) {
  await db.$executeRaw`
    UPDATE plan_row SET verdict = 'not_allowed', reasons = '[{"code": "organization_foreign"}]', status = 'skipped'
     WHERE plan_id = ${planId}::uuid AND verdict <> 'not_allowed'`;
}

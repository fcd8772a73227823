import {
  getPlan,
  getProgress,
  listPlanRows,
  type PlanDetail,
  type PlanProgress,
  type PlanRowFilter,
  type PlanRowView,
  plansInScope,
} from '@/features/plans/queries';
import type { ColumnGuess, ColumnSource } from '@/lib/csv-columns';
import { fieldLimits } from '@/lib/limits';
import { cutPage } from '@/lib/page-cut';
import { holdsPart } from '@/server/db/names';
import { empty, sql } from '@/server/db/sql';
import type { Can } from '@/server/work';
import { importKind } from './kind/service';
import { type ColumnsForm, type ImportChange, type ImportParams, type ImportsFilter, readParams } from './schema';

export type ImportDetail = {
  plan: PlanDetail;
  params: ImportParams | null;
  fileName: string;
  size: number;
  encoding: string;
  delimiter: string;
  source: ColumnSource;
  columns: ColumnGuess[];
  header: string[];
  rowCount: number;
  /** False while the file is on its way. */
  isWhole: boolean;
  /** Of one that has ended: whether rows of its file are still here, those that failed among them. */
  hasRows: boolean;
  by: { id: string; name: string; email: string } | null;
  organization: { id: string; name: string } | null;
};

/** One import with its file; somebody else's organization's is not found. */
export async function getImport(can: Can<'users.import'>, id: string): Promise<ImportDetail> {
  const plan = await getPlan(can, importKind, id);
  const upload = await can.db.upload.findUniqueOrThrow({ where: { planId: plan.id } });
  const by = await can.db.user.findUnique({
    where: { id: plan.createdBy },
    select: { id: true, firstName: true, lastName: true, email: true },
  });
  const row = plan.receipt && (await can.db.uploadRow.findFirst({ where: { planId: plan.id }, select: { n: true } }));
  const organization = plan.organizationId
    ? await can.db.organization.findUnique({ where: { id: plan.organizationId }, select: { id: true, name: true } })
    : null;
  const { fileName, size, encoding, delimiter, header, rowCount } = upload;
  return {
    plan,
    params: readParams(plan.params),
    ...{ fileName, encoding, delimiter, header, rowCount, size: Number(size) },
    isWhole: upload.sha256 !== null,
    hasRows: row !== null,
    source: upload.source as ColumnSource,
    columns: upload.columns as ColumnGuess[],
    by: by && { id: by.id, email: by.email, name: `${by.firstName} ${by.lastName}`.trim() || by.email },
    organization,
  };
}

/** What the columns form shows at first: the guesses, or what was chosen before. */
export async function guessedForm(can: Can<'users.import'>, id: string): Promise<ColumnsForm> {
  const { params, columns } = await getImport(can, id);
  return {
    id,
    columns: params?.columns ?? columns.map((column) => column.field),
    existing: params?.existing ?? 'update',
    organizationId: params?.organizationId ?? null,
    suspended: params?.suspended ?? 'inactive',
    ...((params?.makeGroups ?? true) && { makeGroups: 'on' as const }),
    message: params?.message ?? '',
  };
}

export type ImportRowView = {
  id: string;
  fileName: string;
  rowCount: number;
  state: PlanDetail['state'];
  isWhole: boolean;
  hasColumns: boolean;
  isDiscarded: boolean;
  counts: Record<string, number>;
  createdAt: Date;
  byName: string;
  organization: string | null;
};

const pageSize = 25;

/** A page of imports in the reader's scope, newest first. */
export async function listImports(can: Can<'users.import'>, filter: ImportsFilter) {
  const { q, state, before, after } = filter;
  const placeOf = (id: string) => sql`(SELECT c.created_at, c.id FROM plan c WHERE c.id = ${id}::uuid)`;
  const beyond = before
    ? sql`AND (p.created_at, p.id) > ${placeOf(before)}`
    : after
      ? sql`AND (p.created_at, p.id) < ${placeOf(after)}`
      : empty;
  const direction = before ? sql`ASC` : sql`DESC`;
  const rows = await can.db.$queryRaw<ImportRowView[]>`
    SELECT p.id, u.file_name AS "fileName", u.row_count AS "rowCount", p.state, u.sha256 IS NOT NULL AS "isWhole",
           p.state = 'cancelled' AND r.plan_id IS NULL AS "isDiscarded", p.params ? 'columns' AS "hasColumns", p.counts,
           p.created_at AS "createdAt", o.name AS organization,
           coalesce(nullif(btrim(a.first_name || ' ' || a.last_name), ''), a.email, 'Somebody') AS "byName"
      FROM plan p JOIN upload u ON u.plan_id = p.id LEFT JOIN receipt r ON r.plan_id = p.id
      LEFT JOIN "user" a ON a.id = p.created_by LEFT JOIN organization o ON o.id = p.organization_id
     WHERE p.kind = 'import' ${plansInScope(can, 'users.import')} ${beyond}
           ${state ? sql`AND p.state = ${state}::plan_state` : empty} ${q ? sql`AND ${holdsPart(sql`fold(u.file_name)`, q)}` : empty}
     ORDER BY p.created_at ${direction}, p.id ${direction} LIMIT ${pageSize + 1}::int`;
  return cutPage(rows, pageSize, filter);
}

/** Figures of an import that is being judged or applied. */
export async function importProgress(can: Can<'users.import'>, id: string): Promise<PlanProgress> {
  return getProgress(can, await getPlan(can, importKind, id));
}

/** Names for the ids in a page of rows: roles, groups, organizations, in three small statements. */
export type Names = Map<string, string>;

export type ReviewRow = PlanRowView & { change: Partial<ImportChange> };

const reviewSize = 50;

/** A page of rows of one verdict with the names of what they hand out. */
export async function reviewRows(
  can: Can<'users.import'>,
  plan: PlanDetail,
  filter: PlanRowFilter,
): Promise<{ rows: ReviewRow[]; previous: PlanRowView | null; next: PlanRowView | null; names: Names }> {
  const { rows, previous, next } = await listPlanRows(can, plan, filter, reviewSize);
  const typed = rows as ReviewRow[];
  const idsOf = (pick: (change: Partial<ImportChange>) => string[]) => [
    ...new Set(typed.flatMap((row) => pick(row.change))),
  ];
  const organizations = idsOf((change) => (change.row?.organization ? [change.row.organization] : []));
  const found = await can.db.$queryRaw<{ id: string; name: string }[]>`
    SELECT id::text, name FROM role WHERE id = ANY(${idsOf((change) => change.row?.roles ?? [])}::uuid[])
    UNION ALL SELECT id::text, name FROM "group" WHERE id = ANY(${idsOf((change) => change.row?.groups ?? [])}::uuid[])
    UNION ALL SELECT id::text, name FROM organization WHERE id = ANY(${organizations}::uuid[])`;
  return { rows: typed, previous, next, names: new Map(found.map((row) => [row.id, row.name])) };
}

const organizationsShown = 100;

/** Where somebody may import people, and whether there are more than are listed or were before `find` narrowed them. */
export type ImportableOrganizations = { organizations: { id: string; name: string }[]; isCut: boolean; find: string };

/**
 * For the choice before an upload, and of a default: the first hundred by name that have what was typed in theirs, the
 * one that was chosen always among them.
 */
export async function importableOrganizations(
  can: Can<'users.import'>,
  { chosen = null, typed = '' }: { chosen?: string | null; typed?: string | undefined } = {},
): Promise<ImportableOrganizations> {
  const scope = can.scope('users.import');
  const find = typed.trim().slice(0, fieldLimits.searchMaxChars);
  const inScope = scope.all ? empty : sql`AND o.id = ANY(${scope.organizationIds}::uuid[])`;
  const isChosen = sql`o.id = ${chosen}::uuid`;
  const rows = await can.db.$queryRaw<{ id: string; name: string }[]>`
    SELECT o.id, o.name FROM organization o
     WHERE o.status = 'active' AND (${holdsPart(sql`o.name_key`, find)} OR ${isChosen}) ${inScope}
     ORDER BY ${isChosen} DESC NULLS LAST, o.name_key, o.id LIMIT ${organizationsShown + 1}::int`;
  const organizations = rows.slice(0, organizationsShown).toSorted((a, b) => a.name.localeCompare(b.name, 'en'));
  return { organizations, isCut: rows.length > organizationsShown || find !== '', find };
}

/** The cells of the file's first row, to recognise its columns by. */
export async function firstStagedRow(can: Can<'users.import'>, plan: PlanDetail): Promise<string[]> {
  const row = await can.db.uploadRow.findFirst({ where: { planId: plan.id }, orderBy: { n: 'asc' } });
  return row?.fields ?? [];
}

import { getPlan, type PlanDetail, plansInScope } from '@/features/plans/queries';
import type { ColumnGuess, ColumnSource } from '@/lib/csv-columns';
import { sql } from '@/server/db/sql';
import type { Can } from '@/server/work';
import { importKind } from './kind/service';
import { type ColumnsForm, type ImportParams, readParams } from './schema';

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
  const organization = plan.organizationId
    ? await can.db.organization.findUnique({ where: { id: plan.organizationId }, select: { id: true, name: true } })
    : null;
  const { fileName, size, encoding, delimiter, header, rowCount } = upload;
  return {
    plan,
    params: readParams(plan.params),
    ...{ fileName, encoding, delimiter, header, rowCount, size: Number(size) },
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
  counts: Record<string, number>;
  createdAt: Date;
  byName: string;
  organization: string | null;
};

const pageSize = 25;

/** Imports in the reader's scope, newest first, `pageSize` a page; `next` is the id to go on after. */
export async function listImports(can: Can<'users.import'>, filter: { after?: string | undefined }) {
  const after = filter.after
    ? sql`AND (p.created_at, p.id) < (SELECT c.created_at, c.id FROM plan c WHERE c.id = ${filter.after}::uuid)`
    : sql``;
  const rows = await can.db.$queryRaw<ImportRowView[]>`
    SELECT p.id, u.file_name AS "fileName", u.row_count AS "rowCount", p.state, p.counts, p.created_at AS "createdAt",
           coalesce(nullif(btrim(a.first_name || ' ' || a.last_name), ''), a.email, 'Somebody') AS "byName",
           o.name AS organization
      FROM plan p JOIN upload u ON u.plan_id = p.id
      LEFT JOIN "user" a ON a.id = p.created_by LEFT JOIN organization o ON o.id = p.organization_id
     WHERE p.kind = 'import' ${plansInScope(can, 'users.import')} ${after}
     ORDER BY p.created_at DESC, p.id DESC LIMIT ${pageSize + 1}::int`;
  const page = rows.slice(0, pageSize);
  return { rows: page, next: rows.length > pageSize ? (page.at(-1)?.id ?? null) : null };
}

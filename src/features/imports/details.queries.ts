import { getPlan, type PlanDetail } from '@/features/plans/details.queries';
import { getProgress, type PlanProgress } from '@/features/plans/progress.queries';
import type { ColumnGuess, ColumnSource } from '@/lib/csv-columns';
import { displayName } from '@/lib/names';
import { unscoped } from '@/server/scope';
import type { Can } from '@/server/work';
import { type ColumnsForm, type ImportParams, readParams } from './columns.schema';
import { importKind } from './plan-kind.service';

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
  /** False while the file is uploading. */
  isWhole: boolean;
  hasRows: boolean;
  by: { id: string; name: string; email: string } | null;
  organization: { id: string; name: string } | null;
};

const loadedPlan = unscoped('the plan was loaded in scope before');

/** One import with its file. An import of an organization outside the reader's scope is not found. */
export async function getImport(can: Can<'users.import'>, id: string): Promise<ImportDetail> {
  const plan = await getPlan(can, importKind, id);
  const upload = await can.read(loadedPlan, (tables) =>
    tables.upload.findUniqueOrThrow({ where: { planId: plan.id } }),
  );
  const by = await can.read(loadedPlan, (tables) =>
    tables.user.findUnique({
      where: { id: plan.createdBy },
      select: { id: true, firstName: true, lastName: true, email: true },
    }),
  );
  const row =
    plan.receipt &&
    (await can.read(loadedPlan, (tables) =>
      tables.uploadRow.findFirst({ where: { planId: plan.id }, select: { n: true } }),
    ));
  const { organizationId } = plan;
  const organization = organizationId
    ? await can.read(loadedPlan, (tables) =>
        tables.organization.findUnique({ where: { id: organizationId }, select: { id: true, name: true } }),
      )
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
    by: by && { id: by.id, email: by.email, name: displayName(by) },
    organization,
  };
}

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

export async function importProgress(can: Can<'users.import'>, id: string): Promise<PlanProgress> {
  return getProgress(can, await getPlan(can, importKind, id));
}

export async function firstStagedRow(can: Can<'users.import'>, plan: PlanDetail): Promise<string[]> {
  const row = await can.read(loadedPlan, (tables) =>
    tables.uploadRow.findFirst({ where: { planId: plan.id }, orderBy: { n: 'asc' } }),
  );
  return row?.fields ?? [];
}

import { cancelPlan, confirmPlan, lockOwnPlan, startPreparing } from '@/features/plans/lifecycle.service';
import type { ColumnSource } from '@/lib/csv-columns';
import { sql } from '@/server/db/sql';
import { Fail } from '@/server/fail';
import { unscoped, within } from '@/server/scope';
import type { Work } from '@/server/work';
import { assertColumns } from './columns.policy';
import { type ColumnsForm, type ImportParams, readParams } from './columns.schema';
import { importKind } from './plan-kind.service';
import { dropFile, dropStagedRows } from './staging.service';

type ImportWork = Work<'users.import'>;

const lockedPlan = unscoped('the plan was locked in scope before');

/** Saves columns and choices and queues the validation job. It can be repeated until the import is confirmed. */
export async function prepareImport(work: ImportWork, form: ColumnsForm) {
  const plan = await lockOwnPlan(work, importKind, form.id, ['preparing', 'ready']);
  const upload = await work.read(lockedPlan, (tables) =>
    tables.upload.findUniqueOrThrow({ where: { planId: plan.id } }),
  );
  if (upload.sha256 === null) throw new Fail('plan.state');
  const organizationId = plan.organizationId ?? form.organizationId;
  if (organizationId !== null && plan.organizationId === null) {
    const found = await work.read(sql`
      SELECT o.id FROM organization o
       WHERE o.id = ${organizationId}::uuid AND o.status = 'active' AND ${within(work, 'users.import', sql`o.id`)}`);
    if (found.length === 0) throw new Fail('organization.unknown', { field: 'organizationId' });
  }
  const params: ImportParams = {
    columns: assertColumns(upload.header, form.columns),
    source: upload.source as ColumnSource,
    existing: form.existing,
    organizationId,
    suspended: plan.organizationId === null ? form.suspended : 'leave_out',
    makeGroups: form.makeGroups === 'on' && work.may('groups.create', plan.organizationId),
    message: form.message,
  };
  await startPreparing(work, importKind, plan, { params, total: upload.rowCount });
  await work.audit({
    action: 'import.prepared',
    subject: { type: 'import', id: plan.id },
    organizationId: plan.organizationId,
    after: { ...params },
  });
}

/** Validates again with the same choices, because roles, groups or people changed since the review. */
export async function revalidateImport(work: ImportWork, id: string) {
  const plan = await lockOwnPlan(work, importKind, id, ['ready']);
  const params = readParams(plan.params);
  const upload = await work.read(lockedPlan, (tables) =>
    tables.upload.findUniqueOrThrow({ where: { planId: id }, select: { rowCount: true } }),
  );
  if (!params) throw new Fail('plan.state');
  const { handsOut: _handsOut, newGroups: _newGroups, invites: _invites, ...chosen } = params;
  await startPreparing(work, importKind, plan, { params: chosen, total: upload.rowCount });
  await work.audit({ action: 'import.prepared', subject: { type: 'import', id }, organizationId: plan.organizationId });
}

export async function confirmImport(work: ImportWork, id: string, reviewed: string) {
  await confirmPlan(work, importKind, id, reviewed);
}

export async function cancelImport(work: ImportWork, id: string): Promise<{ hadBegun: boolean }> {
  const { hadBegun } = await cancelPlan(work, importKind, id);
  if (hadBegun) await dropStagedRows(work, id);
  else await dropFile(work, id);
  return { hadBegun };
}

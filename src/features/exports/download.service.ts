import type { AuditAction } from '@/lib/audit-actions';
import { newId } from '@/lib/ids';
import { exportLimits } from '@/lib/limits';
import type { Permission } from '@/lib/permissions';
import { searchParamsOf } from '@/lib/search-params';
import { type CopyOut, openCopyOut } from '@/server/db/copy-out';
import { sql } from '@/server/db/sql';
import { downloadOf } from '@/server/download';
import { Fail } from '@/server/fail';
import type { Afterwards } from '@/server/route';
import { unscoped } from '@/server/scope';
import type { Can, Work, Writes } from '@/server/work';
import { type ExportField, type ExportOrder, type Listing, type Prepared, readOrder } from './download.schema';
import { fieldsFor } from './reach.policy';

const ownDownloads = unscoped('only the reader’s own downloads are counted');

export type Started = { order: ExportOrder; fields: ExportField[]; prepared: Prepared; out: CopyOut };

/** Reads the form and takes a slot before anything is audited: an export that cannot start leaves no audit event. */
export async function startExport<P extends Permission>(
  holder: Can,
  listing: Listing<P>,
  request: Request,
): Promise<Started> {
  // The route checks the permission to export. The list has a permission of its own.
  const can = holder.as(listing.permission);
  if (!can) throw new Fail('not_allowed');
  // Our own form always has a content length.
  const length = Number(request.headers.get('content-length') ?? Number.NaN);
  if (!(length <= exportLimits.maxFormBytes)) throw new Fail('too_large');
  const fields = fieldsFor(can, listing.fields);
  const form = await request.formData().catch(() => null);
  const order =
    form &&
    readOrder(
      form,
      fields.map(({ key }) => key),
    );
  if (!order) throw new Fail('input');
  const prepared = await listing.prepare(can, searchParamsOf(request));
  const out = await openCopyOut(can.actor.id);
  if (!out) throw new Fail('too_many');
  return { order, fields: fields.filter(({ key }) => order.fields.includes(key)), prepared, out };
}

/**
 * Commits its audit event before the first byte, so that a cut connection cannot undo it. A second event says how it
 * ended; without it, the process died. The snapshot is older, so an exported audit log does not contain its own event.
 */
export async function recordExport(work: Work, listing: Pick<Listing<never>, 'name'>, started: Started) {
  const { order, fields, prepared, out } = started;
  const action = `${listing.name}.exported` as const;
  if (await isTooOften(work, action)) {
    // The slot was taken before this transaction began. Without a release it stays taken for a while.
    await out.release();
    throw new Fail('too_many', { field: 'often' });
  }
  const subject = { type: 'export', id: newId() };
  const { organizationId } = prepared;
  const what = { fields: order.fields, format: order.format, filter: prepared.filter };
  await work.audit({ action, subject, organizationId, personId: work.actor.id, after: what });
  return async (afterwards: Afterwards) =>
    downloadOf({
      from: out,
      statements: prepared.statements(order.fields, order.format === 'jsonl'),
      columns: fields.map(({ key, kind }) => ({ key, kind: writtenAs(kind, order.format === 'jsonl') })),
      format: order.format,
      mayGoOn: afterwards.mayGoOn,
      fileName: `rollcall-${listing.name}-${new Date().toISOString().slice(0, 10)}`,
      ended: ({ end, rows, bytes }) =>
        afterwards.audit({
          action: `${listing.name}.export_ended`,
          subject,
          organizationId,
          personId: work.actor.id,
          after: { end, rows, bytes },
        }),
    });
}

function writtenAs(kind: ExportField['kind'], isJson: boolean) {
  if (kind === 'list') return isJson ? 'json' : 'text';
  return kind;
}

async function isTooOften(work: Writes & Pick<Work, 'actor'>, action: AuditAction): Promise<boolean> {
  const [row] = await work.read<{ count: number }>(
    ownDownloads,
    sql`
      SELECT count(*)::int AS count FROM audit_event
       WHERE actor_id = ${work.actor.id}::uuid AND action = ${action} AND at > app_now() - interval '1 hour'`,
  );
  return (row?.count ?? 0) >= exportLimits.perHourPerPerson;
}

import { isId } from '@/lib/ids';
import { noDetails } from '@/server/audit-chain/hashes';
import { sql } from '@/server/db/sql';
import { Fail } from '@/server/fail';
import type { Can } from '@/server/work';
import { columns, type Found, withPaths } from './list.queries';
import { detailsOf, joins, namesIn, viewOf } from './names.queries';
import { inScope } from './newest-events.queries';

/** The details are null if there are none or they were erased. Throws Fail('not_found') outside the reader's scope. */
export async function getAuditEvent(can: Can<'audit.read'>, id: string) {
  if (!isId(id)) throw new Fail('not_found');
  const [row] = await can.read<
    Found & { requestId: string | null; body: unknown; isForgotten: boolean; isSealed: boolean }
  >(sql`
    SELECT ${columns(viewOf(can))}, e.request_id AS "requestId", ${detailsOf(can)} AS body,
           d.event_id IS NULL AND encode(e.detail_hash, 'hex') <> ${noDetails} AS "isForgotten",
           EXISTS (SELECT 1 FROM audit_seal seal WHERE seal.last_seq >= e.seq) AS "isSealed"
      FROM audit_event e ${joins} LEFT JOIN audit_detail d ON d.event_id = e.id
     WHERE e.id = ${id}::uuid AND ${inScope(can, sql`e`)}`);
  if (!row) throw new Fail('not_found');
  return { ...withPaths(can, row), names: await namesIn(can, [row]) };
}

import { createHmac } from 'node:crypto';
import { canonicalJson } from '@/server/audit-chain/hashes';
import type { Tx } from '@/server/db/client';
import { macKey } from '@/server/keys';
import type { PlanGrants } from './plan.schema';

/**
 * HMAC-SHA-256 (hex) over every validated row, the params, and the versions of the granted roles and groups, so that a
 * later edit of any of them changes the hash. Postgres digests the rows, 32 bytes each. The hash is keyed because the
 * review page contains it: an importer could otherwise compute it for an unknown address and learn whether it is taken.
 */
export async function digestPlan(db: Tx, planId: string, params: unknown, handsOut: PlanGrants): Promise<string> {
  const [rows] = await db.$queryRaw<{ digest: string }[]>`
    SELECT encode(sha256(coalesce(string_agg(sha256(convert_to(
             concat_ws(E'\x1f', n, verdict, subject_id, subject_version, change), 'UTF8')), ''::bytea ORDER BY n), '')), 'hex') AS digest
      FROM plan_row WHERE plan_id = ${planId}::uuid`;
  const versions = await db.$queryRaw<{ id: string; version: number }[]>`
    SELECT id::text, version FROM role WHERE id = ANY(${handsOut.roles}::uuid[])
    UNION ALL SELECT id::text, version FROM "group" WHERE id = ANY(${handsOut.groups}::uuid[]) ORDER BY id`;
  const body = canonicalJson({ rows: rows?.digest ?? '', params, versions });
  return createHmac('sha256', macKey('plan')).update(body).digest('hex');
}

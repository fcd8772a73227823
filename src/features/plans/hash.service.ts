import { createHmac } from 'node:crypto';
import { canonicalJson } from '@/server/audit-chain/hashes';
import type { Tx } from '@/server/db/client';
import { macKey } from '@/server/keys';
import type { HandsOut } from './plan.schema';

/**
 * HMAC-SHA-256 (hex) over every row as judged, the params, and the versions of the roles and groups handed out: whoever
 * edits one of them after the review makes another hash. Postgres digests the rows, 32 bytes each. Keyed, because the
 * review carries it: of an address nobody has an importer knows all that goes in, and could tell it from a taken one.
 */
export async function digestPlan(db: Tx, planId: string, params: unknown, handsOut: HandsOut): Promise<string> {
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

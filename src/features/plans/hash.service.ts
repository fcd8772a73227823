import { createHmac, type KeyObject } from 'node:crypto';
import { canonicalJson } from '@/server/audit-chain/hashes';
import { sql } from '@/server/db/sql';
import { macKey, macKeys } from '@/server/keys';
import { unscoped } from '@/server/scope';
import type { Writes } from '@/server/work';
import type { PlanGrants, PlanHead } from './plan.schema';

/**
 * HMAC-SHA-256 (hex) over every validated row, the params, and the versions of the granted roles and groups, so that a
 * later edit of any of them changes the hash. Postgres digests the rows, 32 bytes each. The review page contains it, so
 * it tells nothing about the address of a new invitation: it is keyed, and whether that address already has an account
 * is left out. Otherwise the hash of a file that is validated twice would tell that somebody got one in between.
 */
export async function digestPlan(work: Writes, planId: string, params: unknown, handsOut: PlanGrants): Promise<string> {
  return digestOf(await readReviewed(work, planId, params, handsOut), macKey('plan'));
}

/** Under both keys: a plan that waits for its confirmation goes on when SECRET is exchanged. */
export async function isPlanUnchanged(work: Writes, plan: PlanHead, handsOut: PlanGrants): Promise<boolean> {
  const body = await readReviewed(work, plan.id, plan.params, handsOut);
  return macKeys('plan').some((key) => digestOf(body, key) === plan.hash);
}

function digestOf(body: string, key: KeyObject): string {
  return createHmac('sha256', key).update(body).digest('hex');
}

async function readReviewed(work: Writes, planId: string, params: unknown, handsOut: PlanGrants): Promise<string> {
  const [rows] = await work.read<{ digest: string }>(
    unscoped('the plan was locked before'),
    sql`
      SELECT encode(sha256(coalesce(string_agg(sha256(convert_to(
               concat_ws(E'\x1f', n, verdict, CASE WHEN NOT is_new THEN subject_id END, subject_version,
                         CASE WHEN is_new THEN change - 'as' ELSE change END), 'UTF8')), ''::bytea ORDER BY n), '')), 'hex') AS digest
        FROM (SELECT *, coalesce(change->>'as' IN ('new', 'invite'), false) AS is_new FROM plan_row
               WHERE plan_id = ${planId}::uuid) reviewed`,
  );
  const versions = await work.read<{ id: string; version: number }>(
    unscoped('only the hash contains the versions'),
    sql`
      SELECT id::text, version FROM role WHERE id = ANY(${handsOut.roles}::uuid[])
      UNION ALL SELECT id::text, version FROM "group" WHERE id = ANY(${handsOut.groups}::uuid[]) ORDER BY id`,
  );
  return canonicalJson({ rows: rows?.digest ?? '', params, versions });
}

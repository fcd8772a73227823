import { copyToMemberships } from '@/features/memberships/copies.service';
import { sql } from '@/server/db/sql';
import { unscoped } from '@/server/scope';
import type { Writes } from '@/server/work';
import type { Ender } from './ender.policy';

const checked = unscoped('the caller has checked who changes these accounts');

export type NewAccount = {
  id: string;
  email: string;
  firstName: string;
  lastName: string;
  phone: string | null;
  isInactive: boolean;
};

/**
 * Creates accounts and returns their ids, without those whose address is already taken. `by` decides who may reactivate
 * those that are inactive.
 */
export async function createAccounts(work: Writes, by: Ender, accounts: readonly NewAccount[]): Promise<Set<string>> {
  if (accounts.length === 0) return new Set();
  const rows = await work.writeReturning<{ id: string }>(
    checked,
    sql`
      INSERT INTO "user" (id, email, first_name, last_name, phone, status, suspended_at, deactivated_by)
      SELECT x.id, x.email, x."firstName", x."lastName", x.phone,
             (CASE WHEN x."isInactive" THEN 'inactive' ELSE 'invited' END)::user_status,
             CASE WHEN x."isInactive" THEN app_now() END,
             CASE WHEN x."isInactive" THEN ${by}::deactivated_by END
        FROM jsonb_to_recordset(${JSON.stringify(accounts)}::jsonb)
          AS x(id uuid, email text, "firstName" text, "lastName" text, phone text, "isInactive" boolean)
       ORDER BY x.email ON CONFLICT (email) DO NOTHING RETURNING id`,
  );
  return new Set(rows.map((row) => row.id));
}

export type AccountChange = { id: string; set?: { firstName?: string; lastName?: string; phone?: string } };

/** Every administrative change raises an account's version, even one without `set`, which only changes access. */
export async function updateAccounts(work: Writes, changes: readonly AccountChange[]) {
  if (changes.length === 0) return;
  const records = JSON.stringify(changes.map(({ id, set }) => ({ id, ...set })));
  await work.write(
    checked,
    sql`
      UPDATE "user" u
         SET first_name = coalesce(x."firstName", u.first_name), last_name = coalesce(x."lastName", u.last_name),
             phone = coalesce(x.phone, u.phone), version = u.version + 1, updated_at = app_now()
        FROM jsonb_to_recordset(${records}::jsonb) AS x(id uuid, "firstName" text, "lastName" text, phone text)
       WHERE u.id = x.id`,
  );
  const renamed = changes.flatMap(({ id, set }) => (set ? [id] : []));
  if (renamed.length > 0) await copyToMemberships(work, renamed);
}

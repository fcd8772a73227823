import { displayNameSql } from '@/server/db/names';
import { sql } from '@/server/db/sql';
import { Fail } from '@/server/fail';
import { canOf } from '@/server/principal';
import { unscoped } from '@/server/scope';
import type { Can, PublicWork, Reads } from '@/server/work';
import type { AccountRank } from '../rank.policy';
import { assertMayChangeAccount, findRank, systemAdmins } from '../rank.queries';

/** An unconfirmed address may belong to a stranger, so only System Admins may skip the confirmation. */
export async function maySkipConfirmation(can: Reads & Pick<Can, 'actor'>): Promise<boolean> {
  return (await findRank(can, can.actor.id))?.isSystemAdmin ?? false;
}

/**
 * SQL: whether the change `c` needs the agreement of the current address, or time for it to object. Decided anew at each
 * step, because the requester may have become a System Admin, or be one no longer.
 */
export const needsConsent = sql`(c.requested_by IS DISTINCT FROM c.user_id
  AND (c.requested_by IS NULL OR c.requested_by NOT IN (${systemAdmins})))`;

/** Checked when the change takes effect. For their own address it is enough that they can sign in. */
export async function requesterMayStillChange(
  work: Reads & Pick<PublicWork, 'request'>,
  requestedBy: string | null,
  account: { status: string; rank: AccountRank },
): Promise<boolean> {
  const { rank } = account;
  if (requestedBy === rank.id) return account.status === 'active';
  const can = requestedBy ? await canOf(work, requestedBy) : null;
  const places = [null, ...rank.organizationIds];
  if (!can || !places.some((place) => can.may('users.update', place))) return false;
  try {
    await assertMayChangeAccount(can, 'users.update', rank);
    return true;
  } catch (error) {
    if (error instanceof Fail) return false;
    throw error;
  }
}

export async function findNameOf(can: Reads, id: string): Promise<string | null> {
  const [row] = await can.read<{ name: string }>(
    unscoped('who asked for a change, told to the person whose address it is'),
    sql`SELECT ${displayNameSql(sql`u`)} AS name FROM "user" u WHERE u.id = ${id}::uuid`,
  );
  return row?.name ?? null;
}

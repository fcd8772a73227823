import { Fail } from '@/server/fail';
import { canOf } from '@/server/principal';
import type { Can, PublicWork, Reads } from '@/server/work';
import type { AccountRank } from '../rank.policy';
import { assertMayChangeAccount, findRank } from '../rank.queries';

/** An unconfirmed address may belong to a stranger, so only System Admins may skip the confirmation. */
export async function maySkipConfirmation(can: Reads & Pick<Can, 'actor'>): Promise<boolean> {
  return (await findRank(can, can.actor.id))?.isSystemAdmin ?? false;
}

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

import { Fail } from '@/server/fail';
import { makeCan } from '@/server/handle';
import { principalOfUser } from '@/server/job';
import type { Can, PublicWork } from '@/server/work';
import { type AccountRank, assertMayChangeAccount, findRank } from '../rank.policy';

/** An unconfirmed address may belong to a stranger, so only System Admins may skip the confirmation. */
export async function maySkipConfirmation(can: Pick<Can, 'db' | 'actor'>): Promise<boolean> {
  return (await findRank(can.db, can.actor.id))?.isSystemAdmin ?? false;
}

/** Checked when the change takes effect. For their own address it is enough that they can sign in. */
export async function requesterMayStillChange(
  work: Pick<PublicWork, 'db' | 'request'>,
  requestedBy: string | null,
  account: { status: string; rank: AccountRank },
): Promise<boolean> {
  const { rank } = account;
  if (requestedBy === rank.id) return account.status === 'active';
  const principal = requestedBy ? await principalOfUser(work.db, requestedBy) : null;
  if (!principal) return false;
  const can = makeCan(work.db, principal, work.request);
  const scope = can.scope('users.update');
  if (!scope.all && !rank.organizationIds.some((id) => scope.organizationIds.includes(id))) return false;
  try {
    await assertMayChangeAccount(can, 'users.update', rank);
    return true;
  } catch (error) {
    if (error instanceof Fail) return false;
    throw error;
  }
}

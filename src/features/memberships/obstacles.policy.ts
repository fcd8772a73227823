import { type AccountRank, outranks } from '@/features/users/manage-account.policy';
import type { AccountObstacle } from '@/lib/obstacles';
import { env } from '@/server/env';
import { Fail } from '@/server/fail';
import type { Can } from '@/server/work';

/** Whether one person may join more than one organization. Memberships that are there already stay either way. */
export function mayJoinSeveral(): boolean {
  return env().SEVERAL_ORGANIZATIONS;
}

type MembershipObstacle = Extract<AccountObstacle, 'self' | 'not_managed' | 'outranked'>;

type Actor = Pick<Can, 'may'> & { id: string; isSystemAdmin: boolean };

/**
 * What keeps somebody from acting on a membership: power in that organization alone counts, not what the person holds
 * elsewhere, for a membership is its organization's even where the account is the platform's. Who is stronger only by
 * what they hold on the platform is "managed by the platform": the one thing an org admin may learn of that.
 */
export function membershipObstacle(
  actor: Actor,
  target: AccountRank,
  organizationId: string,
): MembershipObstacle | null {
  if (target.id === actor.id) return 'self';
  const here = target.grants.filter((grant) => grant.organizationId === organizationId);
  if (!outranks(actor, { ...target, grants: here })) return 'outranked';
  const withPlatform = target.grants
    .filter((grant) => grant.organizationId === null)
    .map((grant) => ({ ...grant, organizationId }));
  return outranks(actor, { ...target, grants: [...here, ...withPlatform] }) ? null : 'not_managed';
}

const refusals = { self: 'user.self', not_managed: 'user.not_managed', outranked: 'user.outranks' } as const;

/** Refuses with the obstacle's own words. */
export function assertNoObstacle(obstacle: MembershipObstacle | null) {
  if (obstacle) throw new Fail(refusals[obstacle]);
}

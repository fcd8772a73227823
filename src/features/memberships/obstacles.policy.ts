import { type AccountRank, outranks } from '@/features/users/rank.policy';
import type { AccountObstacle } from '@/lib/obstacle-words';
import { Fail } from '@/server/fail';
import type { Can } from '@/server/work';

type MembershipObstacle = Extract<AccountObstacle, 'self' | 'not_managed' | 'outranked'>;

type Actor = Pick<Can, 'may'> & { id: string; isSystemAdmin: boolean };

/**
 * Why the actor cannot act on a membership. Only rank in that organization counts, because a membership belongs to its
 * organization even if the platform manages the account. A person who only ranks higher through the platform is
 * "managed by the platform": that is all an org admin may learn about it.
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

export function assertNoObstacle(obstacle: MembershipObstacle | null) {
  if (obstacle) throw new Fail(refusals[obstacle]);
}

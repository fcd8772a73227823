import type { AccountRank } from './rank.policy';

/**
 * Null, the platform alone, also for people of several organizations or with a platform role: an org admin who does not
 * manage the whole account must not learn the reason or the end date of a deactivation.
 */
export function traceOrganization({
  organizationIds,
  isOnPlatform,
}: Pick<AccountRank, 'organizationIds' | 'isOnPlatform'>): string | null {
  return organizationIds.length === 1 && !isOnPlatform ? (organizationIds[0] ?? null) : null;
}

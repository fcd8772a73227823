import type { AccountRank } from './rank.policy';

/**
 * The organization whose readers see an audit event about this account, or null for the platform alone. Null for people
 * of several organizations and for those with a platform role: an org admin who does not manage the whole account must
 * not learn the reason or the end date of a deactivation.
 */
export function traceOrganization({
  organizationIds,
  isOnPlatform,
}: Pick<AccountRank, 'organizationIds' | 'isOnPlatform'>): string | null {
  return organizationIds.length === 1 && !isOnPlatform ? (organizationIds[0] ?? null) : null;
}

import type { AccountRank } from './manage-account.policy';

/**
 * Readers inside an organization see what happened to their people; for people of several, and for those with a role on
 * the platform, it is the platform's: who does not manage the whole account is told neither the reason nor the day.
 */
export function traceOrganization({
  organizationIds,
  isOnPlatform,
}: Pick<AccountRank, 'organizationIds' | 'isOnPlatform'>): string | null {
  return organizationIds.length === 1 && !isOnPlatform ? (organizationIds[0] ?? null) : null;
}

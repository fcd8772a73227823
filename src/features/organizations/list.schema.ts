import { type NameList, readNameList } from '@/lib/name-list';
import { allOf, type SearchParams } from '@/lib/search-params';

export const organizationStatuses = ['active', 'inactive'] as const;

/** No status means both. */
export type OrganizationList = NameList & { status?: (typeof organizationStatuses)[number][] };

export function readOrganizationList(params: SearchParams): OrganizationList {
  const wanted = allOf(params, 'status');
  return { ...readNameList(params), status: organizationStatuses.filter((status) => wanted.includes(status)) };
}

import type { Count } from '@/lib/counts';
import type { Can } from '@/server/work';
import { type FilterChoices, loadFilters } from '../filters/queries';
import { listUserRows, type UserRow } from '../list/queries';
import type { UserFilter } from '../list/schema';
import { countUsers, loadFigures, type UserFigures } from '../queries';

export type UserList = {
  rows: UserRow[];
  /** Where the pages before and after begin, as they stand in the address. */
  newer: string | null;
  older: string | null;
  count: Count;
  figures: UserFigures;
  choices: FilterChoices;
  isFiltered: boolean;
};

/**
 * A page of people with everything around it, in at most six statements whatever the size of the page. An org admin's
 * handle reads their organizations' memberships and nothing else.
 */
export async function listUsers(
  can: Can<'users.read'>,
  filter: UserFilter,
  shown: { roles: boolean; organizations: boolean },
): Promise<UserList> {
  const { choices, matching } = await loadFilters(can, filter);
  const isFiltered = narrows(filter);
  const [page, figures, counted] = await Promise.all([
    listUserRows(can, matching, shown),
    loadFigures(can),
    isFiltered ? countUsers(can, matching) : null,
  ]);
  const isWhole = !filter.after && !filter.before && page.older === null;
  const count = isWhole ? page.rows.length : (counted ?? figures.total);
  return { ...page, count, figures, choices, isFiltered };
}

function narrows(filter: UserFilter): boolean {
  const { q, statuses, role, group, organization, team, dormantDays, neverSignedIn, createdFrom, createdTo } = filter;
  const named = [role, group, organization, team, dormantDays, createdFrom, createdTo].some((value) => value !== null);
  return named || q !== '' || statuses.length > 0 || neverSignedIn || filter.isImpossible;
}

import type { Count } from '@/lib/counts';
import type { Can } from '@/server/work';
import { countFew, countUsers, estimateUsers, loadFigures, type UserFigures } from './counts.queries';
import type { UserFilter } from './list.schema';
import { type FilterOptions, listFilterOptions } from './list-options.queries';
import type { ShownColumns, UserRow } from './list-row-columns.queries';
import { listUserRows, type UserPage, walkFor } from './list-rows.queries';

export type UserList = {
  rows: UserRow[];
  newer: string | null;
  older: string | null;
  count: Count;
  figures: UserFigures;
  options: FilterOptions;
  isFiltered: boolean;
};

/** At most seven statements. For an org admin it reads only the memberships of their organizations. */
export async function listUsers(can: Can<'users.read'>, filter: UserFilter, shown: ShownColumns): Promise<UserList> {
  const isFiltered = narrows(filter);
  const counting = loadFigures(can);
  const [figures, { options, page, counted }] = await Promise.all([
    counting,
    isFiltered ? findMatches(can, filter, shown, counting) : findAll(can, filter, shown),
  ]);
  const isWhole = !filter.after && !filter.before && page.older === null;
  const count = isWhole ? page.rows.length : (counted ?? figures.total);
  return { ...page, count, figures, options, isFiltered };
}

type Found = { options: FilterOptions; page: UserPage; counted: Count | null };

async function findAll(can: Can<'users.read'>, filter: UserFilter, shown: ShownColumns): Promise<Found> {
  const { options, matching } = await listFilterOptions(can, filter);
  return { options, page: await listUserRows(can, matching, shown), counted: null };
}

async function findMatches(
  can: Can<'users.read'>,
  filter: UserFilter,
  shown: ShownColumns,
  figures: Promise<UserFigures>,
): Promise<Found> {
  const { options, matching } = await listFilterOptions(can, filter);
  const few = await countFew(can, matching);
  if (few !== null) return { options, page: await listUserRows(can, matching, shown, 0), counted: few };
  // So few people that they were counted are quickly read, whatever matches.
  const isSmall = matching.common.length === 0 && typeof (await figures).total === 'number';
  const estimate = isSmall ? null : await estimateUsers(can, matching);
  const [page, counted] = await Promise.all([
    listUserRows(can, matching, shown, walkFor(matching, estimate)),
    countUsers(can, matching, estimate),
  ]);
  return { options, page, counted };
}

function narrows(filter: UserFilter): boolean {
  const { q, statuses, role, group, organization, team, dormantDays, neverSignedIn, createdFrom, createdTo } = filter;
  const named = [role, group, organization, team, dormantDays, createdFrom, createdTo].some((value) => value !== null);
  return named || q !== '' || statuses.length > 0 || neverSignedIn || filter.isImpossible;
}

import type { Count } from '@/lib/counts';
import type { Can } from '@/server/work';
import { countFew, countUsers, estimateUsers, loadFigures, type UserFigures } from './counts.queries';
import { isNarrowed, type UserFilter } from './list.schema';
import { type FilterOptions, listFilterOptions } from './list-options.queries';
import type { ShownColumns, UserRow } from './list-row-columns.queries';
import { listUserRows, type UserPage, walkFor } from './list-rows.queries';
import type { Matching } from './list-sources.queries';

export type UserList = {
  rows: UserRow[];
  newer: string | null;
  older: string | null;
  count: Count;
  figures: UserFigures;
  /** The slug of the organization that the figures are of, if one is chosen. */
  figuresPlace: string | null;
  options: FilterOptions;
  isFiltered: boolean;
};

/** At most seven statements. For an org admin it reads only the memberships of their organizations. */
export async function listUsers(can: Can<'users.read'>, filter: UserFilter, shown: ShownColumns): Promise<UserList> {
  const isFiltered = isNarrowed(filter);
  const resolving = listFilterOptions(can, filter);
  // Inside a chosen organization the figures are its own. Otherwise they need not wait for the filter.
  const counting = filter.organization === null ? loadFigures(can) : resolving.then(figuresOfPlace);
  const [{ options, matching }, figures, { page, counted }] = await Promise.all([
    resolving,
    counting,
    resolving.then(({ matching }) => findPage(can, matching, shown, { isFiltered, counting })),
  ]);
  const isWhole = !filter.after && !filter.before && page.older === null;
  const count = isWhole ? page.rows.length : (counted ?? figures.total);
  return { ...page, count, figures, figuresPlace: placeOf(matching), options, isFiltered };
}

/** An organization that the reader sees, or null. */
function placeOf({ filter, isNobody }: Matching): string | null {
  return isNobody ? null : filter.organization;
}

function figuresOfPlace({ matching }: { matching: Matching }): Promise<UserFigures> {
  return loadFigures(placeOf(matching) === null ? matching.can : matching.inside);
}

type Found = { page: UserPage; counted: Count | null };

async function findPage(
  can: Can<'users.read'>,
  matching: Matching,
  shown: ShownColumns,
  { isFiltered, counting }: { isFiltered: boolean; counting: Promise<UserFigures> },
): Promise<Found> {
  if (!isFiltered) return { page: await listUserRows(can, matching, shown), counted: null };
  const few = await countFew(can, matching);
  if (few !== null) return { page: await listUserRows(can, matching, shown, 0), counted: few };
  // So few people that they were counted are quickly read, whatever matches.
  const isSmall = matching.common.length === 0 && typeof (await counting).total === 'number';
  const estimate = isSmall ? null : await estimateUsers(can, matching);
  const [page, counted] = await Promise.all([
    listUserRows(can, matching, shown, walkFor(matching, estimate)),
    countUsers(can, matching, estimate),
  ]);
  return { page, counted };
}

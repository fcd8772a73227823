/** Where a page of a list stands: behind a row or in front of one, each named by its cursor; at the top without either. */
export type Place<C> = { before?: C | null | undefined; after?: C | null | undefined };

/**
 * Makes a page of what was read for it: one row more than it shows, which only tells that there is more, and turned round
 * when it was read backwards from `before`. `previous` and `next` are the rows to go on from, null at either end.
 */
export function cutPage<R, C>(read: R[], size: number, place: Place<C>) {
  const isBack = isSet(place.before);
  const isMore = read.length > size;
  const rows = read.slice(0, size);
  if (isBack) rows.reverse();
  return {
    rows,
    previous: (isBack ? isMore : isSet(place.after)) ? (rows[0] ?? null) : null,
    next: isBack || isMore ? (rows.at(-1) ?? null) : null,
  };
}

const isSet = (cursor: unknown) => cursor !== undefined && cursor !== null;

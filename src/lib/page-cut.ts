/** A page starts after one row or ends before another; without a cursor it is the first page. */
export type Place<C> = { before?: C | null | undefined; after?: C | null | undefined };

/**
 * Makes a page from rows that were read with one extra row, which only shows whether there are more. Rows read
 * backwards from `before` are reversed. `previous` and `next` are the rows to continue from, null at either end.
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

export type Place<C> = { before?: C | null | undefined; after?: C | null | undefined };

/** `read` has one extra row, which only shows whether there are more. Rows read from `before` are reversed. */
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

import { type Address, firstOf, hrefWith } from './search-params';

type Cursors = { previous: string | null; next: string | null };

export function isBeyondEnd({ params }: Address, shown: number): boolean {
  return shown === 0 && (firstOf(params, 'after') ?? firstOf(params, 'before')) !== undefined;
}

/** Links from a page of `shown` rows. A page beyond the end has no row to go back from, so back is the first page. */
export function pageLinks(address: Address, shown: number, { previous, next }: Cursors) {
  const first = isBeyondEnd(address, shown) ? hrefWith(address, {}) : null;
  return {
    newerHref: previous ? hrefWith(address, { before: previous }) : first,
    olderHref: next && hrefWith(address, { after: next }),
  };
}

export type Narrowing = { search?: string | undefined; filters?: string[] };

export function clearing(
  address: Address,
  { search, filters = [] }: Narrowing,
): { href: string; words: string } | null {
  const isSet = (name: string) => firstOf(address.params, name) !== undefined;
  const isSearched = search !== undefined && isSet(search);
  const isFiltered = filters.some(isSet);
  if (!isSearched && !isFiltered) return null;
  const names = search === undefined ? filters : [search, ...filters];
  const what = isSearched && isFiltered ? 'search and filters' : isSearched ? 'search' : 'filters';
  return { href: hrefWith(address, Object.fromEntries(names.map((name) => [name, null]))), words: `Clear ${what}` };
}

import { type Address, hrefWith } from '@/lib/search-params';
import type { Direction, Heading, Sort } from './table-data';

/** Where a click on the heading leads, and the direction if the list is in its order now. */
export type Order = { href: string; current?: Direction | undefined };

const opposite = { asc: 'desc', desc: 'asc' } as const;

export function orderOf(heading: Omit<Heading, 'kind'>, address: Address, sort: Sort | undefined): Order | null {
  if (heading.sort === undefined) return null;
  const current = sort?.key === heading.sort ? sort.direction : undefined;
  const next = current ? opposite[current] : (heading.firstDirection ?? 'asc');
  return { current, href: hrefWith(address, { sort: heading.sort, direction: next }) };
}

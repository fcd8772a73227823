import type { ReactNode } from 'react';
import { clearing } from '@/lib/list-links';
import { type Address, firstOf, hiddenFields } from '@/lib/search-params';
import { TextLink } from '../ui/text-link';
import { FilterChip } from './filter-chip';
import { chipOf, type ListFilter, namesOf } from './list-filter';
import { SearchBox } from './search-box';

type Props = {
  address: Address;
  search?: { name?: string; label: string; placeholder?: string };
  filters?: ListFilter[];
  children?: ReactNode;
};

export function FilterBar({ address, search, filters = [], children }: Props) {
  const clear = clearing(address, { search: search && (search.name ?? 'q'), filters: filters.flatMap(namesOf) });
  return (
    <div className="mb-3 flex flex-wrap items-center gap-2 print:hidden">
      {search && <Search address={address} {...search} />}
      {filters.map((filter) => (
        <FilterChip key={filter.name} chip={chipOf(address, filter)} path={address.path} />
      ))}
      {clear && (
        <TextLink href={clear.href} className="px-1.5 py-1">
          {clear.words}
        </TextLink>
      )}
      {children && <div className="ml-auto flex items-center gap-2">{children}</div>}
    </div>
  );
}

type SearchProps = { address: Address } & NonNullable<Props['search']>;

function Search({ address, name = 'q', ...words }: SearchProps) {
  const value = firstOf(address.params, name) ?? '';
  return (
    <SearchBox path={address.path} kept={hiddenFields(address.params, [name])} name={name} value={value} {...words} />
  );
}

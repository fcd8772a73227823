import Form from 'next/form';
import type { ReactNode } from 'react';
import { clearing } from '@/lib/list-links';
import { type Address, firstOf, hiddenFields } from '@/lib/search-params';
import { Icon } from '../ui/icon';
import { TextLink } from '../ui/text-link';
import { FilterChip, type ListFilter, namesOf } from './filter-chip';

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
      {search && <SearchBox address={address} {...search} />}
      {filters.map((filter) => (
        <FilterChip key={filter.name} address={address} filter={filter} />
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

type SearchBoxProps = { address: Address; name?: string; label: string; placeholder?: string };

function SearchBox({ address, name = 'q', label, placeholder }: SearchBoxProps) {
  const value = firstOf(address.params, name) ?? '';
  return (
    <search className="w-full sm:w-72">
      {/* Keyed by its value, so that Clear and the back button update the box too. */}
      <Form key={value} noValidate action={address.path} prefetch={false} className="relative">
        <Hidden address={address} except={[name]} />
        <Icon
          name="search"
          className="pointer-events-none absolute top-1/2 left-2.5 size-4 -translate-y-1/2 text-ink-soft"
        />
        <input
          type="search"
          name={name}
          defaultValue={value}
          aria-label={label}
          placeholder={placeholder ?? label}
          data-search=""
          autoComplete="off"
          enterKeyHint="search"
          className="control h-9 pl-8.5 text-base md:text-sm"
        />
        <button type="submit" className="sr-only">
          Search
        </button>
      </Form>
    </search>
  );
}

function Hidden({ address, except }: { address: Address; except: string[] }) {
  return hiddenFields(address.params, except).map(([name, value]) => (
    <input key={`${name} ${value}`} type="hidden" name={name} value={value} />
  ));
}

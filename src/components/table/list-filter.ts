import { type Address, allOf, firstOf, hiddenFields, hrefWith, openedName } from '@/lib/search-params';

export type Option = { value: string; label: string };

/** `dates` go into the address as `<name>From` and `<name>To` (YYYY-MM-DD). */
export type ListFilter =
  | { kind: 'text'; name: string; label: string; hint: string }
  | { kind: 'dates'; name: string; label: string }
  | {
      kind: 'one' | 'many';
      name: string;
      label: string;
      /** All choices. With a `source` only the chosen ones, or all that it found if the page shows the filter open. */
      options: Option[];
      /** The address that answers the choices as JSON. It is asked when the filter is opened. */
      source?: string;
      /** The parameter that searches the choices by name; begins with `find`, see search-params. */
      find?: string;
    };

export function namesOf(filter: ListFilter): string[] {
  return filter.kind === 'dates' ? [`${filter.name}From`, `${filter.name}To`] : [filter.name];
}

function summaryOf(address: Address, filter: ListFilter): string {
  if (filter.kind === 'dates') {
    const [from, to] = namesOf(filter).map((name) => firstOf(address.params, name));
    if (from && to) return `${from} to ${to}`;
    return from ? `from ${from}` : to ? `until ${to}` : '';
  }
  const chosen = allOf(address.params, filter.name);
  if (filter.kind === 'text') return chosen[0] ?? '';
  const labels = chosen.map((value) => filter.options.find((option) => option.value === value)?.label ?? value);
  return labels.length > 2 ? `${labels[0]} and ${labels.length - 1} more` : labels.join(' or ');
}

/** A filter as a chip: what it says, and where it leads. */
export type Chip = {
  filter: ListFilter;
  summary: string;
  openHref: string;
  removeHref: string;
  hidden: [name: string, value: string][];
  values: string[];
  /** From and until, of a filter by dates. */
  days: (string | undefined)[];
  found: string;
  isOpen: boolean;
};

export function chipOf(address: Address, filter: ListFilter): Chip {
  const names = namesOf(filter);
  const found = ('find' in filter && filter.find && firstOf(address.params, filter.find)) || '';
  return {
    filter,
    summary: summaryOf(address, filter),
    openHref: hrefWith(address, { [openedName]: filter.name }),
    removeHref: hrefWith(address, Object.fromEntries(names.map((name) => [name, null]))),
    hidden: hiddenFields(address.params, names),
    values: names.flatMap((name) => allOf(address.params, name)),
    days: names.map((name) => firstOf(address.params, name)),
    found,
    isOpen: found !== '' || firstOf(address.params, openedName) === filter.name,
  };
}

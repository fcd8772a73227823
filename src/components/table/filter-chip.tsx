import { clsx } from 'clsx';
import Form from 'next/form';
import Link from 'next/link';
import { type Address, allOf, firstOf, hiddenFields, hrefWith } from '@/lib/search-params';
import { buttonClass } from '../ui/button';
import { Icon } from '../ui/icon';
import { Popout } from '../ui/popout';

type Option = { value: string; label: string; count?: string };

/** `dates` go into the address as `<name>From` and `<name>To` (YYYY-MM-DD). */
export type ListFilter =
  | { kind: 'text'; name: string; label: string; hint: string }
  | {
      kind: 'one' | 'many';
      name: string;
      label: string;
      options: Option[];
      /** The parameter that searches a long list of options by name; begins with `find`, see search-params. */
      find?: string | undefined;
    }
  | { kind: 'dates'; name: string; label: string };

type Props = { address: Address; filter: ListFilter };

export function namesOf(filter: ListFilter): string[] {
  return filter.kind === 'dates' ? [`${filter.name}From`, `${filter.name}To`] : [filter.name];
}

export function FilterChip({ address, filter }: Props) {
  const summary = summaryOf(address, filter);
  const remove = Object.fromEntries(namesOf(filter).map((name) => [name, null]));
  return (
    <div
      className={clsx(
        'inline-flex h-8 items-stretch rounded-full border transition-colors',
        summary
          ? 'border-accent/40 bg-accent-soft text-accent-text'
          : 'border-line border-dashed bg-surface hover:border-line-strong',
      )}
    >
      <Popout
        key={foundOf(address, filter)}
        label={filter.label}
        align="start"
        isOpen={foundOf(address, filter) !== ''}
        triggerClassName={clsx(
          'inline-flex h-full max-w-80 items-center gap-1.5 rounded-full pl-2.5 font-medium',
          summary ? 'pr-1' : 'pr-2.5',
        )}
        trigger={
          <>
            {!summary && <Icon name="plus" className="size-3.5 text-ink-soft" />}
            <span className="truncate">{summary ? `${filter.label}: ${summary}` : filter.label}</span>
          </>
        }
        panelClassName="w-64 p-2"
      >
        <ChipForm address={address} filter={filter} />
      </Popout>
      {summary && (
        <Link
          href={hrefWith(address, remove)}
          prefetch={false}
          scroll={false}
          aria-label={`Remove filter ${filter.label}`}
          className="inline-flex w-7 items-center justify-center rounded-full hover:bg-accent/15"
        >
          <Icon name="x" className="size-3.5" />
        </Link>
      )}
    </div>
  );
}

function foundOf(address: Address, filter: ListFilter): string {
  return ('find' in filter && filter.find && firstOf(address.params, filter.find)) || '';
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

function ChipForm({ address, filter }: Props) {
  const names = namesOf(filter);
  const values = names.flatMap((name) => allOf(address.params, name));
  return (
    // Keyed by its values, so that the boxes follow the address.
    <Form
      key={[...values, foundOf(address, filter)].join(' ')}
      noValidate
      action={address.path}
      prefetch={false}
      scroll={false}
    >
      {hiddenFields(address.params, names).map(([name, value]) => (
        <input key={`${name} ${value}`} type="hidden" name={name} value={value} />
      ))}
      <fieldset className="max-h-72 overflow-y-auto">
        <legend className="px-2 pt-1 pb-1.5 font-semibold text-[13px] text-ink-soft">{filter.label}</legend>
        {'find' in filter && filter.find && (
          <Find name={filter.find} value={foundOf(address, filter)} isEmpty={filter.options.length === 0} />
        )}
        <Choices filter={filter} address={address} values={values} />
      </fieldset>
      <div className="mt-2 border-line border-t pt-2">
        <button type="submit" className={clsx(buttonClass('primary', 'sm'), 'w-full')}>
          Show matches
        </button>
      </div>
    </Form>
  );
}

function Choices({ filter, address, values }: Props & { values: string[] }) {
  if (filter.kind === 'dates') {
    const [from, to] = namesOf(filter).map((name) => firstOf(address.params, name));
    return <Days name={filter.name} from={from} to={to} />;
  }
  if (filter.kind === 'text') return <Word filter={filter} value={values[0]} />;
  return filter.options.map((option) => (
    <label key={option.value} className="flex min-h-8 items-center gap-2.5 rounded-inner px-2 text-ink hover:bg-hover">
      <input
        type={filter.kind === 'one' ? 'radio' : 'checkbox'}
        name={filter.name}
        value={option.value}
        defaultChecked={values.includes(option.value)}
        className="tick"
      />
      <span className="min-w-0 flex-1 truncate" title={option.label}>
        {option.label}
      </span>
      {option.count && <span className="text-ink-soft text-xs tabular-nums">{option.count}</span>}
    </label>
  ));
}

function Find({ name, value, isEmpty }: { name: string; value: string; isEmpty: boolean }) {
  return (
    <label className="flex flex-col gap-1 px-2 pb-2 text-ink-soft">
      {isEmpty ? 'No match. Try another part of the name:' : 'Not in the list? Enter part of the name:'}
      <input
        type="search"
        name={name}
        defaultValue={value}
        autoComplete="off"
        enterKeyHint="search"
        className="control h-9 text-ink text-sm"
      />
    </label>
  );
}

function Word({ filter, value }: { filter: Extract<ListFilter, { kind: 'text' }>; value: string | undefined }) {
  return (
    <label className="flex flex-col gap-1 px-2 pb-2 text-ink-soft">
      {filter.hint}
      <input name={filter.name} defaultValue={value} autoComplete="off" className="control h-9 text-ink text-sm" />
    </label>
  );
}

function Days({ name, from, to }: { name: string; from: string | undefined; to: string | undefined }) {
  const days = [
    { label: 'From', field: `${name}From`, value: from },
    { label: 'Until', field: `${name}To`, value: to },
  ];
  return days.map((day) => (
    <label key={day.field} className="flex flex-col gap-1 px-2 pb-2 text-ink">
      {day.label}
      <input type="date" name={day.field} defaultValue={day.value} className="control h-9 text-sm" />
    </label>
  ));
}

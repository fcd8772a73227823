'use client';

import { clsx } from 'clsx';
import Form from 'next/form';
import { useEffect, useState } from 'react';
import { fold } from '@/lib/text';
import { buttonClass } from '../ui/button';
import { type Chip, type ListFilter, namesOf, type Option } from './list-filter';

type Props = { chip: Chip; path: string; close: () => void };

/** From so many choices on, a list can be searched. */
const searchedFrom = 8;

export function FilterPanel({ chip, path, close }: Props) {
  const { filter, hidden } = chip;
  return (
    <Form noValidate action={path} prefetch={false} scroll={false} onSubmit={() => setTimeout(close)}>
      {hidden.map(([name, value]) => (
        <input key={`${name} ${value}`} type="hidden" name={name} value={value} />
      ))}
      <fieldset className="p-2">
        <legend className="sr-only">{filter.label}</legend>
        <Choices chip={chip} filter={filter} />
      </fieldset>
      <div className="border-line border-t p-2">
        <button type="submit" className={clsx(buttonClass('primary', 'sm'), 'w-full')}>
          Show matches
        </button>
      </div>
    </Form>
  );
}

function Choices({ chip, filter }: Pick<Props, 'chip'> & { filter: ListFilter }) {
  if (filter.kind === 'dates') return <Days chip={chip} names={namesOf(filter)} />;
  if (filter.kind === 'text') {
    return (
      <label className="flex flex-col gap-1 px-2 pb-2 text-ink-soft">
        {filter.hint}
        <input
          name={filter.name}
          defaultValue={chip.values[0]}
          autoComplete="off"
          className="control h-9 text-ink text-sm"
        />
      </label>
    );
  }
  return <ManyChoices chip={chip} filter={filter} />;
}

function Days({ chip, names }: { chip: Chip; names: string[] }) {
  return names.map((name, index) => (
    <label key={name} className="flex flex-col gap-1 px-2 pb-2 text-ink">
      {index === 0 ? 'From' : 'Until'}
      <input type="date" name={name} defaultValue={chip.days[index]} className="control h-9 text-sm" />
    </label>
  ));
}

type ManyProps = Pick<Props, 'chip'> & { filter: Extract<ListFilter, { options: Option[] }> };

function ManyChoices({ chip, filter }: ManyProps) {
  const [typed, setTyped] = useState(chip.found);
  const { options, state } = useChoices(chip, filter, typed);
  // A source with a search has narrowed its choices already.
  const shown = filter.find ? options : options.filter(({ label }) => fold(label).includes(fold(typed)));
  const isSearched = filter.find !== undefined || options.length >= searchedFrom;
  return (
    <>
      {isSearched && (
        <input
          type="search"
          name={filter.find}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          aria-label={`Find in ${filter.label.toLowerCase()}`}
          placeholder="Find"
          autoComplete="off"
          enterKeyHint="search"
          className="control mb-1 h-9 text-sm"
        />
      )}
      <div className="choices" aria-busy={state === 'loading'}>
        {shown.map((option) => (
          <label key={option.value}>
            <input
              type={filter.kind === 'one' ? 'radio' : 'checkbox'}
              name={filter.name}
              value={option.value}
              defaultChecked={chip.values.includes(option.value)}
              className="tick"
            />
            <span className="min-w-0 flex-1 truncate" title={option.label}>
              {option.label}
            </span>
          </label>
        ))}
      </div>
      <p role="status" className="px-2 text-ink-soft text-xs empty:hidden">
        {wordsOf(state, shown.length)}
      </p>
    </>
  );
}

type State = 'loaded' | 'loading' | 'failed';

function wordsOf(state: State, shown: number): string {
  if (state === 'failed') return 'The choices could not be loaded. Close the filter and open it again.';
  if (state === 'loading') return shown === 0 ? 'Loading' : '';
  return shown === 0 ? 'No match. Try another part of the name.' : '';
}

/** The choices of a source are read when the filter is opened, and again a moment after somebody has typed. */
function useChoices(chip: Chip, filter: ManyProps['filter'], typed: string) {
  const { source, find, options: given } = filter;
  const [{ options, state }, setFound] = useState<{ options: Option[]; state: State }>({
    options: given,
    state: source && !chip.isOpen ? 'loading' : 'loaded',
  });
  useEffect(() => {
    if (!source || (chip.isOpen && typed === chip.found)) return;
    const abort = new AbortController();
    const query = new URLSearchParams(chip.openHref.split('?')[1]);
    if (find && typed) query.set(find, typed);
    const load = async () => {
      const answer = await fetch(`${source}?${query}`, { signal: abort.signal });
      if (!answer.ok) throw new Error('refused');
      setFound({ options: (await answer.json()) as Option[], state: 'loaded' });
    };
    const failed = () => {
      if (!abort.signal.aborted) setFound((before) => ({ ...before, state: 'failed' }));
    };
    const timer = setTimeout(() => void load().catch(failed), typed === '' ? 0 : 250);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [source, find, typed, chip.openHref, chip.isOpen, chip.found]);
  return { options, state };
}

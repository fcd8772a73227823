'use client';

import { useRouter } from 'next/navigation';
import { type FormEvent, type RefObject, useEffect, useRef, useTransition } from 'react';
import { Icon } from '../ui/icon';

type Search = {
  path: string;
  /** The other parameters of the list, as `hiddenFields` makes them. */
  kept: [name: string, value: string][];
  name: string;
  value: string;
};

type Props = Search & { label: string; placeholder?: string | undefined };

const delayMs = 250;

/** Searches a quarter of a second after the last key. Without scripts it is a form. */
export function SearchBox({ label, placeholder, ...search }: Props) {
  const { path, kept, name, value } = search;
  const box = useRef<HTMLInputElement>(null);
  const { searchSoon, searchNow } = useSearch(box, search);
  return (
    <search className="w-full sm:w-60">
      <form
        action={path}
        onSubmit={(event) => {
          event.preventDefault();
          searchNow();
        }}
        className="relative"
      >
        {kept.map(([key, each]) => (
          <input key={`${key} ${each}`} type="hidden" name={key} value={each} />
        ))}
        <Icon
          name="search"
          className="pointer-events-none absolute top-1/2 left-2.5 size-4 -translate-y-1/2 text-ink-soft"
        />
        <input
          ref={box}
          type="search"
          name={name}
          defaultValue={value}
          onInput={(event: FormEvent<HTMLInputElement>) => searchSoon(event.nativeEvent as InputEvent)}
          onCompositionEnd={() => searchSoon()}
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
      </form>
    </search>
  );
}

/** What is typed stays while results arrive. When the address changes otherwise, the box follows it. */
function useSearch(box: RefObject<HTMLInputElement | null>, { path, kept, name, value }: Search) {
  const router = useRouter();
  const [isPending, startTransition] = useTransition();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const asked = useRef(value);
  const made = useRef<string>(undefined);

  const searchNow = () => {
    cancel(timer);
    const typed = box.current?.value.trim() ?? '';
    if (typed === asked.current) return;
    asked.current = typed;
    const query = new URLSearchParams(typed === '' ? kept : [...kept, [name, typed]]).toString();
    const href = query ? `${path}?${query}` : path;
    // One entry in the history for all that is typed: back leads to the list as it was before.
    const isOwn = made.current === window.location.pathname + window.location.search;
    made.current = href;
    startTransition(() => router[isOwn ? 'replace' : 'push'](href, { scroll: false }));
  };

  const searchSoon = (event?: InputEvent) => {
    cancel(timer);
    if (event?.isComposing) return;
    timer.current = setTimeout(searchNow, delayMs);
  };

  // Somebody who leaves the list within the delay is not brought back to it.
  useEffect(() => {
    const onClick = (event: Event) => {
      if (event.target instanceof Element && event.target.closest('a, button')) cancel(timer);
    };
    document.addEventListener('click', onClick, true);
    return () => {
      cancel(timer);
      document.removeEventListener('click', onClick, true);
    };
  }, []);

  useEffect(() => {
    const input = box.current;
    if (!input || isPending || timer.current !== undefined || value === asked.current) return;
    asked.current = value;
    input.value = value;
  }, [box, value, isPending]);

  return { searchSoon, searchNow };
}

function cancel(timer: RefObject<ReturnType<typeof setTimeout> | undefined>) {
  clearTimeout(timer.current);
  timer.current = undefined;
}

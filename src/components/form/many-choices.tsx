'use client';

import { type ReactNode, useRef, useState } from 'react';
import { Icon } from '../ui/icon';
import type { ChoiceOption } from './choice';

/** From this many on, a list of choices has a search of its own and scrolls in a box. */
export const manyChoices = 8;

type Props = {
  legend: string;
  options: ChoiceOption[];
  children: (isShown: (option: ChoiceOption) => boolean) => ReactNode;
};

/**
 * Few choices stand as they are. Many are in a box that ends in the middle of a line, so that one sees it goes on, with a
 * search that hides the others. Without scripts there is no search, and the box still scrolls.
 */
export function ManyChoices({ legend, options, children }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const [typed, setTyped] = useState('');
  const [chosen, setChosen] = useState<number | null>(null);
  if (options.length < manyChoices) return children(() => true);
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  const isShown = ({ label, hint = '' }: ChoiceOption) =>
    words.every((word) => `${label} ${hint}`.toLowerCase().includes(word));
  const shown = options.filter(isShown).length;
  return (
    <div
      className="choices"
      onChange={() => setChosen(box.current?.querySelectorAll('input[type="checkbox"]:checked').length ?? 0)}
    >
      <div className="relative border-line border-b noscript:hidden">
        <Icon
          name="search"
          className="pointer-events-none absolute top-1/2 left-3 size-4 -translate-y-1/2 text-ink-soft"
        />
        <input
          type="search"
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          // Searching is no change of the form, and must not count as one.
          onInput={(event) => event.stopPropagation()}
          // Enter would send the form.
          onKeyDown={(event) => event.key === 'Enter' && event.preventDefault()}
          aria-label={`Search: ${legend}`}
          placeholder={`Search ${options.length}`}
          autoComplete="off"
          className="w-full rounded-ui bg-surface py-2 pr-3 pl-9 outline-none"
        />
      </div>
      <div ref={box} className="choices-box">
        {children(isShown)}
        {shown === 0 && <p className="py-2 text-ink-soft">Nothing matches. Search for another part of the name.</p>}
      </div>
      <p role="status" className="border-line border-t px-3 py-1.5 text-ink-soft text-xs noscript:hidden">
        {words.length > 0 && `${shown} of ${options.length} shown. `}
        {chosen === null ? 'Choose as many as you like.' : `${chosen} chosen.`}
      </p>
    </div>
  );
}

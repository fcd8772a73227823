'use client';

import { useEffect, useRef } from 'react';
import type { FormState } from '@/lib/form-state';
import { Icon } from '../ui/icon';
import { fieldId } from './form-context';

export function ErrorSummary({ state, prefix }: { state: FormState; prefix: string }) {
  const box = useRef<HTMLDivElement>(null);
  const errors = Object.entries(state.fieldErrors).flatMap(([name, messages]) =>
    messages.map((message) => ({ name, message })),
  );
  const isEmpty = errors.length === 0 && !state.formError;
  useEffect(() => {
    if (hasErrors(state)) box.current?.focus();
  }, [state]);
  if (isEmpty) return null;
  return (
    <div
      ref={box}
      role="alert"
      tabIndex={-1}
      // Without scripts, autofocus is what moves the focus here.
      // biome-ignore lint/a11y/noAutofocus: readers need the errors before the form
      autoFocus
      className="rounded-ui border border-bad/45 bg-bad-soft px-4 py-3"
    >
      <p className="flex items-start gap-2 font-semibold text-sm">
        <Icon name="circle-alert" className="mt-1 size-4 text-bad-text" />
        {state.formError ?? headline(errors.length)}
      </p>
      {errors.length > 0 && (
        <ul className="mt-1 ml-6 flex flex-col">
          {errors.map(({ name, message }) => (
            <li key={`${name} ${message}`}>
              <a
                href={`#${fieldId(prefix, name)}`}
                className="inline-block py-0.5 text-bad-text underline decoration-bad-text/40 underline-offset-[3px] hover:decoration-bad-text"
              >
                {message}
              </a>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function headline(count: number): string {
  return count === 1
    ? 'Nothing was saved yet. One answer needs a change:'
    : `Nothing was saved yet. ${count} answers need a change:`;
}

export function hasErrors(state: FormState): boolean {
  return Boolean(state.formError) || Object.values(state.fieldErrors).some((messages) => messages.length > 0);
}

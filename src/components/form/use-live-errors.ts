'use client';

import { type FocusEvent, type SyntheticEvent, useState } from 'react';
import type { FieldErrors } from '@/lib/form-data';

/** What is wrong with one field's value, in sentences; undefined for fields it knows nothing of. */
export type FieldCheck = (name: string, value: string) => string[] | undefined;

type Control = HTMLInputElement | HTMLTextAreaElement;
type Judged = { of: FieldErrors; errors: FieldErrors; words: string };

/**
 * Judges fields in the browser while a form is filled in. A field is judged when it is left, not while it is typed into
 * for the first time; once it was refused, by us or by the server, each keystroke is judged until it is right.
 * `refused` are the errors of the last sending. Without a check nothing happens.
 */
export function useLiveErrors(check: FieldCheck | undefined, refused: FieldErrors) {
  const [judged, setValidated] = useState<Judged>({ of: refused, errors: {}, words: '' });
  // Each sending has the newest word on every field.
  const current: Judged = judged.of === refused ? judged : { of: refused, errors: {}, words: '' };
  const errors: FieldErrors = { ...refused, ...current.errors };
  const judge = (control: Control) => {
    const found = check?.(control.name, control.value);
    if (!found) return;
    const words = found.length > 0 ? `${control.labels?.[0]?.textContent ?? ''}: ${found.join(' ')}` : '';
    setValidated({ of: refused, errors: { ...current.errors, [control.name]: found }, words });
  };
  const onInput = ({ target }: SyntheticEvent) => {
    if (isTyped(target) && errors[target.name]?.length) judge(target);
  };
  const onBlur = ({ target, relatedTarget }: FocusEvent) => {
    // A message that appears while a button is being pressed would move it away from under the pointer.
    const isPressing = relatedTarget instanceof Element && relatedTarget.matches('a, button');
    if (isTyped(target) && !isPressing && target.value !== target.defaultValue) judge(target);
  };
  return { errors, words: current.words, onInput, onBlur };
}

function isTyped(target: EventTarget): target is Control {
  if (target instanceof HTMLTextAreaElement) return true;
  return target instanceof HTMLInputElement && !['checkbox', 'radio', 'hidden'].includes(target.type);
}

/** Everything wrong with what is about to be sent. */
export function errorsIn(values: Record<string, string | string[]>, check: FieldCheck): FieldErrors {
  const found = Object.entries(values).flatMap(([name, value]) => {
    const errors = typeof value === 'string' ? check(name, value) : undefined;
    return errors && errors.length > 0 ? [[name, errors] as const] : [];
  });
  return Object.fromEntries(found);
}

'use client';

import { type FocusEvent, type SyntheticEvent, useState } from 'react';
import type { FieldErrors } from '@/lib/form-data';

export type FieldCheck = (name: string, value: string) => string[] | undefined;

type Control = HTMLInputElement | HTMLTextAreaElement;
type Validated = { of: FieldErrors; errors: FieldErrors; words: string };

/** Validates a field when it loses the focus, and while it has an error, from either side, at every keystroke. */
export function useLiveErrors(check: FieldCheck | undefined, refused: FieldErrors) {
  const [validated, setValidated] = useState<Validated>({ of: refused, errors: {}, words: '' });
  const current: Validated = validated.of === refused ? validated : { of: refused, errors: {}, words: '' };
  const errors: FieldErrors = { ...refused, ...current.errors };
  const validate = (control: Control) => {
    const found = check?.(control.name, control.value);
    if (!found) return;
    const words = found.length > 0 ? `${control.labels?.[0]?.textContent ?? ''}: ${found.join(' ')}` : '';
    setValidated({ of: refused, errors: { ...current.errors, [control.name]: found }, words });
  };
  const onInput = ({ target }: SyntheticEvent) => {
    if (isTyped(target) && errors[target.name]?.length) validate(target);
  };
  const onBlur = ({ target, relatedTarget }: FocusEvent) => {
    // A message that appears during a click would move the button away from under the pointer.
    const isPressing = relatedTarget instanceof Element && relatedTarget.matches('a, button');
    if (isTyped(target) && !isPressing && target.value !== target.defaultValue) validate(target);
  };
  return { errors, words: current.words, onInput, onBlur };
}

function isTyped(target: EventTarget): target is Control {
  if (target instanceof HTMLTextAreaElement) return true;
  return target instanceof HTMLInputElement && !['checkbox', 'radio', 'hidden'].includes(target.type);
}

export function errorsIn(values: Record<string, string | string[]>, check: FieldCheck): FieldErrors {
  const found = Object.entries(values).flatMap(([name, value]) => {
    const errors = typeof value === 'string' ? check(name, value) : undefined;
    return errors && errors.length > 0 ? [[name, errors] as const] : [];
  });
  return Object.fromEntries(found);
}

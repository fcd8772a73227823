'use client';

import { type FocusEvent, type SyntheticEvent, useState } from 'react';
import { type FieldErrors, type FieldValues, formDataToObject } from '@/lib/form-data';

/** The errors of a field, given the values of all; undefined for one that is not checked while typing. */
export type FieldCheck = (name: string, value: string, values: FieldValues) => string[] | undefined;

type Control = HTMLInputElement | HTMLTextAreaElement;
type Validated = { of: FieldErrors; errors: FieldErrors; words: string };

/**
 * Validates a field when it loses the focus, and fields with an error, from either side, at every keystroke in any field:
 * a name is right as soon as one of its two parts is there.
 */
export function useLiveErrors(check: FieldCheck | undefined, refused: FieldErrors) {
  const [validated, setValidated] = useState<Validated>({ of: refused, errors: {}, words: '' });
  const current: Validated = validated.of === refused ? validated : { of: refused, errors: {}, words: '' };
  const errors: FieldErrors = { ...refused, ...current.errors };
  const validate = (control: Control, names: string[]) => {
    if (!check || !control.form) return;
    const values = formDataToObject(new FormData(control.form));
    const found = Object.fromEntries(
      names.flatMap((name) => {
        const own = check(name, String(values[name] ?? ''), values);
        return own ? [[name, own] as const] : [];
      }),
    );
    if (Object.keys(found).length === 0) return;
    const own = found[control.name] ?? [];
    const words = own.length > 0 ? `${control.labels?.[0]?.textContent ?? ''}: ${own.join(' ')}` : '';
    setValidated({ of: refused, errors: { ...current.errors, ...found }, words });
  };
  const onInput = ({ target }: SyntheticEvent) => {
    const wrong = Object.keys(errors).filter((name) => errors[name]?.length);
    if (isTyped(target) && wrong.length > 0) validate(target, wrong);
  };
  const onBlur = ({ target, relatedTarget }: FocusEvent) => {
    // A message that appears during a click would move the button away from under the pointer.
    const isPressing = relatedTarget instanceof Element && relatedTarget.matches('a, button');
    if (isTyped(target) && !isPressing && target.value !== target.defaultValue) validate(target, [target.name]);
  };
  return { errors, words: current.words, onInput, onBlur };
}

function isTyped(target: EventTarget): target is Control {
  if (target instanceof HTMLTextAreaElement) return true;
  return target instanceof HTMLInputElement && !['checkbox', 'radio', 'hidden'].includes(target.type);
}

export function errorsIn(values: FieldValues, check: FieldCheck): FieldErrors {
  const found = Object.entries(values).flatMap(([name, value]) => {
    const errors = typeof value === 'string' ? check(name, value, values) : undefined;
    return errors && errors.length > 0 ? [[name, errors] as const] : [];
  });
  return Object.fromEntries(found);
}

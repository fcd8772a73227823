'use client';

import type { ReactNode } from 'react';
import { Field } from './field';
import { useField } from './form-context';

type Props = {
  name: string;
  label: string;
  hint?: ReactNode;
  optional?: boolean;
  rows?: number;
  maxLength?: number;
  defaultValue?: string;
};

export function Textarea({ name, label, hint, optional, rows = 4, maxLength, defaultValue = '' }: Props) {
  const { id, control, typed, ...messages } = useField(name, Boolean(hint));
  return (
    <Field id={id} label={label} hint={hint} optional={optional} {...messages}>
      <textarea
        {...control}
        id={id}
        name={name}
        rows={rows}
        maxLength={maxLength}
        aria-required={!optional || undefined}
        defaultValue={typed ? (typed[0] ?? '') : defaultValue}
        className="control block max-h-96 min-h-20 [field-sizing:content]"
      />
    </Field>
  );
}

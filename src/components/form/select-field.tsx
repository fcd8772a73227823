'use client';

import { clsx } from 'clsx';
import type { ReactNode } from 'react';
import { Icon } from '../ui/icon';
import { Field } from './field';
import { useField } from './form-context';

type Option = { value: string; label: string; disabled?: boolean };

type Props = {
  name: string;
  label: string;
  options: Option[];
  hint?: ReactNode;
  optional?: boolean;
  placeholder?: string;
  defaultValue?: string;
  /** The choice that the page shows the form for, whatever was sent. */
  chosen?: string;
  size?: 'short' | 'full';
};

export function SelectField(props: Props) {
  const { name, label, options, hint, optional, placeholder, defaultValue = '', chosen, size } = props;
  const { id, control, typed, ...messages } = useField(name, Boolean(hint));
  return (
    <Field id={id} label={label} hint={hint} optional={optional} {...messages}>
      <div className={clsx('relative', size === 'short' && 'max-w-48')}>
        <select
          {...control}
          id={id}
          name={name}
          aria-required={!optional || undefined}
          defaultValue={chosen ?? (typed ? (typed[0] ?? '') : defaultValue)}
          className="control appearance-none truncate pr-10"
        >
          {placeholder !== undefined && <option value="">{placeholder}</option>}
          {options.map((option) => (
            <option key={option.value} value={option.value} disabled={option.disabled}>
              {option.label}
            </option>
          ))}
        </select>
        <Icon
          name="chevron-down"
          className="pointer-events-none absolute top-1/2 right-3 size-4 -translate-y-1/2 text-ink-soft"
        />
      </div>
    </Field>
  );
}

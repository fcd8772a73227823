'use client';

import { clsx } from 'clsx';
import type { ComponentProps, ReactNode } from 'react';
import { Field } from './field';
import { useField } from './form-context';

type Passed =
  | 'autoComplete'
  | 'inputMode'
  | 'maxLength'
  | 'min'
  | 'max'
  | 'step'
  | 'readOnly'
  | 'autoFocus'
  | 'spellCheck'
  | 'onKeyDown';

type Props = {
  name: string;
  label: string;
  hint?: ReactNode;
  optional?: boolean;
  /** One of several fields that may be left empty, but not all: neither required nor marked as optional. */
  isOneOf?: boolean;
  type?: 'text' | 'email' | 'tel' | 'url' | 'number' | 'date' | 'time' | 'datetime-local' | 'search';
  defaultValue?: string;
  size?: 'short' | 'full';
  disabledReason?: string;
} & Pick<ComponentProps<'input'>, Passed>;

export function TextField(props: Props) {
  const {
    name,
    label,
    hint,
    optional,
    isOneOf,
    type = 'text',
    defaultValue = '',
    size,
    disabledReason,
    readOnly,
    ...rest
  } = props;
  const shownHint = disabledReason ?? hint;
  const { id, control, typed, ...messages } = useField(name, Boolean(shownHint));
  return (
    <Field id={id} label={label} hint={shownHint} optional={optional} {...messages}>
      <input
        {...rest}
        {...control}
        id={id}
        name={name}
        type={type}
        defaultValue={typed ? (typed[0] ?? '') : defaultValue}
        aria-required={(!optional && !isOneOf) || undefined}
        readOnly={readOnly || Boolean(disabledReason)}
        autoCapitalize={type === 'email' ? 'none' : undefined}
        className={clsx('control', size === 'short' && 'max-w-48')}
      />
    </Field>
  );
}

'use client';

import { type ReactNode, useState } from 'react';
import { IconButton } from '../ui/icon-button';
import { Field } from './field';
import { useField } from './form-context';

type Props = {
  name: string;
  label: string;
  /** Tells password managers which one is meant. */
  autoComplete: 'current-password' | 'new-password' | 'one-time-code';
  hint?: ReactNode;
  autoFocus?: boolean;
};

/** A secret. It is never filled in from a form state, and can be shown while typing. */
export function PasswordField({ name, label, autoComplete, hint, autoFocus }: Props) {
  const [isShown, setShown] = useState(false);
  const { id, control, typed, ...messages } = useField(name, Boolean(hint));
  return (
    <Field id={id} label={label} hint={hint} {...messages}>
      <div className="relative">
        <input
          {...control}
          id={id}
          name={name}
          type={isShown ? 'text' : 'password'}
          required
          autoComplete={autoComplete}
          autoCapitalize="none"
          autoCorrect="off"
          spellCheck={false}
          // biome-ignore lint/a11y/noAutofocus: the second step of signing in has nothing else to do
          autoFocus={autoFocus}
          className="control pr-12"
        />
        <IconButton
          label={isShown ? 'Hide password' : 'Show password'}
          icon={isShown ? 'eye-off' : 'eye'}
          aria-controls={id}
          onClick={() => setShown(!isShown)}
          className="absolute top-1 right-1.5 noscript:hidden"
        />
      </div>
    </Field>
  );
}

'use client';

import { type ReactNode, useState } from 'react';
import { IconButton } from '../ui/icon-button';
import { Field } from './field';
import { useField } from './form-context';

type Props = {
  name: string;
  label: string;
  autoComplete: 'current-password' | 'new-password' | 'one-time-code';
  hint?: ReactNode;
  autoFocus?: boolean;
};

/** Never filled in from the form's state. */
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
          aria-required
          autoComplete={autoComplete}
          autoCapitalize="none"
          autoCorrect="off"
          spellCheck={false}
          // biome-ignore lint/a11y/noAutofocus: the second step of signing in has only this field
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

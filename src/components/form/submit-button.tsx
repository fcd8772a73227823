'use client';

import { clsx } from 'clsx';
import { type MouseEvent, type ReactNode, useContext } from 'react';
import { useFormStatus } from 'react-dom';
import { type ButtonSize, type ButtonTone, buttonClass } from '../ui/button';
import { FormContext } from './form-context';

type Props = {
  tone?: ButtonTone;
  size?: ButtonSize;
  pendingLabel?: string;
  name?: string;
  value?: string;
  /** Without scripts: the address of the page that shows what a refused form came back with. */
  formAction?: string;
  full?: boolean;
  children: ReactNode;
};

export function SubmitButton({
  tone = 'primary',
  size = 'md',
  pendingLabel,
  name,
  value,
  formAction,
  full,
  children,
}: Props) {
  const { pending: sending } = useFormStatus();
  const isPending = useContext(FormContext).pending || sending;
  // Not `disabled`: a disabled button loses the focus, and screen readers stop reading it.
  const ignoreWhilePending = (event: MouseEvent) => {
    if (isPending) event.preventDefault();
  };
  return (
    <button
      type="submit"
      name={name}
      value={value}
      formAction={formAction}
      aria-busy={isPending || undefined}
      onClick={ignoreWhilePending}
      className={clsx(buttonClass(tone, size), full && 'w-full', isPending && 'cursor-progress opacity-80')}
    >
      {isPending && (
        <span
          aria-hidden="true"
          className="size-3.5 animate-spin rounded-full border-2 border-current border-r-transparent motion-reduce:hidden"
        />
      )}
      {isPending && pendingLabel ? pendingLabel : children}
    </button>
  );
}

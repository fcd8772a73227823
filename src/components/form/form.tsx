'use client';

import { clsx } from 'clsx';
import { type ReactNode, type SubmitEvent, startTransition, useActionState, useEffect } from 'react';
import { emptyState, type FormAction, type FormState } from '@/lib/form-state';
import type { ButtonTone } from '../ui/button';
import { LinkButton } from '../ui/button';
import { ErrorSummary, hasErrors } from './error-summary';
import { FormContext } from './form-context';
import { SubmitButton } from './submit-button';
import { useLeaveWarning } from './use-leave-warning';

type Props = {
  action: FormAction;
  /** The deed, as in "Send invitation". Leave it out when the children bring their own buttons. */
  submitLabel?: string;
  pendingLabel?: string;
  submitTone?: ButtonTone;
  cancelHref?: string;
  initial?: FormState;
  /** Off where nothing is lost by leaving, as on sign-in. */
  warnUnsaved?: boolean;
  /** Tells the fields of two forms on one page apart. */
  idPrefix?: string;
  /** `card`: the button takes the whole width, as on sign-in. `wide`: for fields side by side. */
  layout?: 'page' | 'card' | 'wide';
  children: ReactNode;
};

/** The one form. Works without scripts; with them it stays in place, keeps what was typed and asks before leaving. */
export function Form({
  action,
  initial = emptyState,
  warnUnsaved = true,
  idPrefix = 'field',
  layout = 'page',
  ...rest
}: Props) {
  const [state, send, pending] = useActionState(action, initial);
  const setUnsaved = useLeaveWarning(warnUnsaved);
  useEffect(() => setUnsaved(hasErrors(state)), [state, setUnsaved]);

  // Sending it ourselves keeps React from resetting the fields, so that even a password survives a wrong answer.
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (pending) return;
    setUnsaved(false);
    const sent = withoutMarkers(new FormData(event.currentTarget, event.nativeEvent.submitter));
    startTransition(() => send(sent));
  };

  return (
    <form
      action={send}
      onSubmit={submit}
      onInput={() => setUnsaved(true)}
      noValidate
      className={clsx('flex flex-col gap-6', layout === 'page' && 'max-w-xl')}
    >
      <FormContext value={{ state, pending, prefix: idPrefix }}>
        <ErrorSummary state={state} prefix={idPrefix} />
        {rest.children}
        <Buttons {...rest} full={layout === 'card'} />
      </FormContext>
    </form>
  );
}

/** Takes out the fields by which Next finds the action of a form sent without scripts. */
function withoutMarkers(sent: FormData): FormData {
  for (const name of [...sent.keys()]) if (name.startsWith('$ACTION_')) sent.delete(name);
  return sent;
}

type ButtonsProps = Pick<Props, 'submitLabel' | 'pendingLabel' | 'submitTone' | 'cancelHref'> & { full: boolean };

function Buttons({ submitLabel, pendingLabel, submitTone, cancelHref, full }: ButtonsProps) {
  if (!submitLabel) return null;
  return (
    <div className="flex flex-wrap items-center gap-3">
      <SubmitButton tone={submitTone} pendingLabel={pendingLabel} size="lg" full={full}>
        {submitLabel}
      </SubmitButton>
      {cancelHref && (
        <LinkButton href={cancelHref} tone="quiet" size="lg">
          Cancel
        </LinkButton>
      )}
    </div>
  );
}

'use client';

import { clsx } from 'clsx';
import {
  type ReactNode,
  type SubmitEvent,
  startTransition,
  useActionState,
  useContext,
  useEffect,
  useRef,
  useState,
} from 'react';
import { formDataToObject, valuesToKeep } from '@/lib/form-data';
import { emptyState, type FormAction, type FormState } from '@/lib/form-state';
import type { ButtonTone } from '../ui/button';
import { Button, LinkButton } from '../ui/button';
import { OverPage } from '../ui/over-page';
import { ErrorSummary, hasErrors } from './error-summary';
import { FormContext } from './form-context';
import { SubmitButton } from './submit-button';
import { useLeaveWarning } from './use-leave-warning';
import { errorsIn, type FieldCheck, useLiveErrors } from './use-live-errors';

type Props = {
  action: FormAction;
  submitLabel?: string;
  pendingLabel?: string;
  submitTone?: ButtonTone;
  cancelHref?: string;
  /** What stays if they do not: two buttons that both say Cancel would not tell. */
  cancelLabel?: string;
  initial?: FormState;
  warnUnsaved?: boolean;
  idPrefix?: string;
  layout?: 'page' | 'card' | 'wide';
  check?: FieldCheck;
  children: ReactNode;
};

/** Works without scripts; with them it stays in place, keeps what was typed and asks before leaving. */
export function Form({
  action,
  initial = emptyState,
  warnUnsaved = true,
  idPrefix = 'field',
  layout = 'page',
  check,
  ...rest
}: Props) {
  const [answer, send, pending] = useActionState(action, initial);
  const [own, setOwn] = useState<{ after: FormState; state: FormState } | null>(null);
  const state = own?.after === answer ? own.state : answer;
  const live = useLiveErrors(check, state.fieldErrors);
  const form = useRef<HTMLFormElement>(null);
  const setUnsaved = useLeaveWarning(form, warnUnsaved);
  // A form that came back with errors or a preview is not saved.
  useEffect(() => setUnsaved(hasErrors(state) || Boolean(state.preview)), [state, setUnsaved]);

  // Sending it ourselves keeps React from resetting the fields, so even a password survives a refusal.
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (pending) return;
    const sent = withoutMarkers(new FormData(event.currentTarget, event.nativeEvent.submitter));
    const values = formDataToObject(sent);
    const fieldErrors = check ? errorsIn(values, check) : {};
    if (Object.keys(fieldErrors).length > 0) {
      setOwn({ after: answer, state: { ...answer, formError: undefined, fieldErrors, values: valuesToKeep(values) } });
      return;
    }
    setOwn(null);
    setUnsaved(false);
    startTransition(() => send(sent));
  };

  return (
    <form
      ref={form}
      action={send}
      onSubmit={submit}
      onInput={(event) => {
        setUnsaved(true);
        live.onInput(event);
      }}
      onBlur={live.onBlur}
      noValidate
      className={clsx('group/form flex flex-col gap-6', layout === 'page' && 'max-w-xl')}
    >
      <FormContext value={{ state: { ...state, fieldErrors: live.errors }, pending, prefix: idPrefix }}>
        <ErrorSummary state={state} prefix={idPrefix} />
        {rest.children}
        <Buttons {...rest} full={layout === 'card'} />
        {check && (
          <p aria-live="polite" className="sr-only">
            {live.words}
          </p>
        )}
      </FormContext>
    </form>
  );
}

/** Removes the fields that Next needs only to find the action without scripts. */
function withoutMarkers(sent: FormData): FormData {
  for (const name of [...sent.keys()]) if (name.startsWith('$ACTION_')) sent.delete(name);
  return sent;
}

type ButtonsProps = Pick<Props, 'submitLabel' | 'pendingLabel' | 'submitTone' | 'cancelHref' | 'cancelLabel'> & {
  full: boolean;
};

function Buttons({ submitLabel, pendingLabel, submitTone, cancelHref, cancelLabel = 'Cancel', full }: ButtonsProps) {
  const over = useContext(OverPage);
  if (!submitLabel) return null;
  return (
    <div className="flex flex-wrap items-center gap-3">
      <SubmitButton tone={submitTone} pendingLabel={pendingLabel} size="lg" full={full}>
        {submitLabel}
      </SubmitButton>
      {over && <input type="hidden" name="returnTo" value={over.behind} />}
      {over && (
        <Button tone="quiet" size="lg" onClick={over.close}>
          {cancelLabel}
        </Button>
      )}
      {cancelHref && !over && (
        <LinkButton href={cancelHref} tone="quiet" size="lg">
          {cancelLabel}
        </LinkButton>
      )}
    </div>
  );
}

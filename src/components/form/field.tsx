'use client';

import { clsx } from 'clsx';
import type { ReactNode } from 'react';
import { Icon } from '../ui/icon';

type FieldProps = {
  id: string;
  label: string;
  hint?: ReactNode;
  hintId: string;
  errors: string[];
  errorId: string;
  optional?: boolean;
  children: ReactNode;
};

export function Field({ id, label, optional, children, ...messages }: FieldProps) {
  return (
    <div className="flex flex-col">
      <label htmlFor={id} className="self-start font-medium text-sm">
        {label}
        {optional && <Optional />}
      </label>
      <Messages {...messages} />
      <div className="mt-1.5">{children}</div>
    </div>
  );
}

type FieldSetProps = Omit<FieldProps, 'id' | 'label'> & { legend: string; describedBy: string | undefined };

export function FieldSet({ legend, optional, describedBy, children, ...messages }: FieldSetProps) {
  return (
    <fieldset aria-describedby={describedBy} className="min-w-0">
      <legend className="font-medium text-sm">
        {legend}
        {optional && <Optional />}
      </legend>
      <Messages {...messages} />
      <div className="mt-2">{children}</div>
    </fieldset>
  );
}

function Optional() {
  return <span className="font-normal text-ink-soft"> (optional)</span>;
}

type MessagesProps = Pick<FieldProps, 'hint' | 'hintId' | 'errors' | 'errorId'>;

export function Messages({ hint, hintId, errors, errorId }: MessagesProps) {
  return (
    <>
      {hint && (
        <div id={hintId} className="text-ink-soft">
          {hint}
        </div>
      )}
      {errors.length > 0 && (
        <div id={errorId} className={clsx('flex gap-1.5 font-medium text-bad-text', hint && 'mt-1')}>
          <Icon name="circle-alert" className="mt-0.5 size-4" />
          <div>
            <span className="sr-only">Error: </span>
            {errors.map((error) => (
              <p key={error}>{error}</p>
            ))}
          </div>
        </div>
      )}
    </>
  );
}

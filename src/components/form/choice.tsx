'use client';

import { clsx } from 'clsx';
import { type ReactNode, useId } from 'react';

export type ChoiceOption = {
  value: string;
  label: string;
  hint?: string;
  disabledReason?: string;
};

type Props = {
  type: 'checkbox' | 'radio';
  id?: string;
  name: string;
  value: string;
  label: ReactNode;
  hint?: ReactNode;
  disabledReason?: string;
  defaultChecked: boolean;
  describedBy?: string;
  invalid?: boolean;
};

export function Choice({
  type,
  id,
  name,
  value,
  label,
  hint,
  disabledReason,
  defaultChecked,
  describedBy,
  invalid,
}: Props) {
  const own = useId();
  const note = disabledReason ?? hint;
  const noteId = `${own}-note`;
  return (
    <label
      className={clsx(
        '-mx-2 flex gap-3 rounded-ui px-2 py-1.5 transition-colors',
        disabledReason ? 'text-ink-soft' : 'hover:bg-hover',
      )}
    >
      <input
        type={type}
        id={id ?? own}
        name={name}
        value={value}
        defaultChecked={defaultChecked}
        disabled={Boolean(disabledReason)}
        aria-describedby={[note && noteId, describedBy].filter(Boolean).join(' ') || undefined}
        aria-invalid={invalid || undefined}
        className="tick mt-1"
      />
      <span className="min-w-0 text-sm wrap-anywhere">
        {label}
        {note && (
          <span id={noteId} className="block text-ink-soft text-sm leading-5">
            {note}
          </span>
        )}
      </span>
    </label>
  );
}

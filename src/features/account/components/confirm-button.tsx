'use client';

import { type ReactNode, useActionState } from 'react';
import { emptyState, type FormAction } from '@/lib/form-state';

type Props = { action: FormAction; fields: Record<string, string>; children: ReactNode };

export function ActionForm({ action, fields, children }: Props) {
  const [state, send] = useActionState(action, emptyState);
  const error = state.formError ?? Object.values(state.fieldErrors)[0]?.[0];
  return (
    <form action={send} className="flex flex-wrap items-center gap-3">
      {Object.entries(fields).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      {children}
      {error && (
        <p role="alert" className="text-bad-text">
          {error}
        </p>
      )}
    </form>
  );
}

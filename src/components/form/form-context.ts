'use client';

import { createContext, useContext, useId } from 'react';
import { emptyState, type FormState } from '@/lib/form-state';

type Wiring = { state: FormState; pending: boolean; prefix: string };

export const FormContext = createContext<Wiring>({ state: emptyState, pending: false, prefix: 'field' });

export function fieldId(prefix: string, name: string): string {
  return `${prefix}-${name.replaceAll(/[^\w-]/g, '-')}`;
}

export function useField(name: string, hasHint: boolean) {
  const { state, prefix } = useContext(FormContext);
  const unique = useId();
  const errors = state.fieldErrors[name] ?? [];
  const hintId = `${unique}-hint`;
  const errorId = `${unique}-error`;
  const describedBy = [hasHint && hintId, errors.length > 0 && errorId].filter(Boolean).join(' ') || undefined;
  return {
    id: fieldId(prefix, name),
    errors,
    hintId,
    errorId,
    control: { 'aria-describedby': describedBy, 'aria-invalid': errors.length > 0 || undefined },
    typed: typedValues(state, name),
  };
}

/** Null only until the form is sent, so that a field the person cleared does not get its default back. */
function typedValues(state: FormState, name: string): string[] | null {
  const value = state.values[name];
  if (value !== undefined) return Array.isArray(value) ? value : [value];
  return Object.keys(state.values).length > 0 ? [] : null;
}

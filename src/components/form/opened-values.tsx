'use client';

import { useContext } from 'react';
import { FormContext } from './form-context';

/**
 * The values a form was opened with, to notice what others have changed since. After a refusal they come from what was
 * sent, not from the page as it has been reloaded since: otherwise a second try would overwrite a change its sender
 * never saw.
 */
export function OpenedValues({ values }: { values: Record<string, string> }) {
  const { state } = useContext(FormContext);
  return Object.entries(values).map(([name, value]) => (
    <input key={name} type="hidden" name={name} value={String(state.values[name] ?? value)} />
  ));
}

'use client';

import { useContext } from 'react';
import { FormContext } from '@/components/form/form-context';

type Props = { index: number; header: string; guessed: string | null; options: { value: string; label: string }[] };

/** The field of one column. Its position in the submitted list is the column, so every column submits a value. */
export function ColumnSelect({ index, header, guessed, options }: Props) {
  const { state } = useContext(FormContext);
  const typed = state.values.columns;
  const value = typed === undefined ? (guessed ?? '') : ([typed].flat()[index] ?? '');
  return (
    <select
      id={index === 0 ? 'field-columns' : undefined}
      name="columns[]"
      aria-label={`What “${header}” contains`}
      defaultValue={value}
      className="control py-1 text-sm"
    >
      <option value="">Leave out</option>
      {options.map((option) => (
        <option key={option.value} value={option.value}>
          {option.label}
        </option>
      ))}
    </select>
  );
}

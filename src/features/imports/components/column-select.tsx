'use client';

import { useContext } from 'react';
import { FormContext } from '@/components/form/form-context';

type Props = { index: number; header: string; guessed: string | null; options: { value: string; label: string }[] };

/** What one column of the file holds. Its value takes the place of the column in a list, so every column has one. */
export function ColumnSelect({ index, header, guessed, options }: Props) {
  const { state } = useContext(FormContext);
  const typed = state.values.columns;
  const value = typed === undefined ? (guessed ?? '') : ([typed].flat()[index] ?? '');
  return (
    <select
      id={index === 0 ? 'field-columns' : undefined}
      name="columns[]"
      aria-label={`What “${header}” holds`}
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

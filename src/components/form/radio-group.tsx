'use client';

import type { ReactNode } from 'react';
import { Choice, type ChoiceOption } from './choice';
import { FieldSet } from './field';
import { useField } from './form-context';

type Props = {
  name: string;
  legend: string;
  options: ChoiceOption[];
  defaultValue?: string;
  hint?: ReactNode;
  optional?: boolean;
};

export function RadioGroup({ name, legend, options, defaultValue, hint, optional }: Props) {
  const { id, control, typed, ...messages } = useField(name, Boolean(hint));
  const checked = typed ? typed[0] : defaultValue;
  return (
    <FieldSet legend={legend} hint={hint} optional={optional} describedBy={control['aria-describedby']} {...messages}>
      {options.map((option, index) => (
        <Choice
          key={option.value}
          type="radio"
          id={index === 0 ? id : undefined}
          name={name}
          {...option}
          defaultChecked={option.value === checked}
        />
      ))}
    </FieldSet>
  );
}

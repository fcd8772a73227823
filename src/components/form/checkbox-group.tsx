'use client';

import { clsx } from 'clsx';
import type { ReactNode } from 'react';
import { Choice, type ChoiceOption } from './choice';
import { FieldSet, Messages } from './field';
import { useField } from './form-context';
import { ManyChoices } from './many-choices';

type GroupProps = {
  name: string;
  legend: string;
  options: ChoiceOption[];
  defaultValues?: string[];
  hint?: ReactNode;
  optional?: boolean;
  columns?: 1 | 2;
};

export function CheckboxGroup({ name, legend, options, defaultValues = [], hint, optional, columns = 1 }: GroupProps) {
  const { id, control, typed, ...messages } = useField(name, Boolean(hint));
  const checked = typed ?? defaultValues;
  return (
    <FieldSet legend={legend} hint={hint} optional={optional} describedBy={control['aria-describedby']} {...messages}>
      <ManyChoices legend={legend} options={options}>
        {(isShown) => (
          <div className={clsx('grid gap-x-6', columns === 2 && 'sm:grid-cols-2')}>
            {options.map((option, index) => (
              // A choice that is searched away stays in the form, and stays chosen.
              <div key={option.value} hidden={!isShown(option)}>
                {/* Browsers leave out a disabled box, but what it says stays true. */}
                {option.disabledReason && checked.includes(option.value) && (
                  <input type="hidden" name={name} value={option.value} />
                )}
                <Choice
                  type="checkbox"
                  id={index === 0 ? id : undefined}
                  name={name}
                  {...option}
                  defaultChecked={checked.includes(option.value)}
                />
              </div>
            ))}
          </div>
        )}
      </ManyChoices>
    </FieldSet>
  );
}

type CheckboxProps = { name: string; label: ReactNode; hint?: ReactNode; value?: string; defaultChecked?: boolean };

export function Checkbox({ name, label, hint, value = 'on', defaultChecked = false }: CheckboxProps) {
  const { id, control, typed, errors, ...messages } = useField(name, false);
  return (
    <div>
      <Messages errors={errors} {...messages} />
      <Choice
        type="checkbox"
        id={id}
        name={name}
        value={value}
        label={label}
        hint={hint}
        defaultChecked={typed ? typed.includes(value) : defaultChecked}
        describedBy={control['aria-describedby']}
        invalid={errors.length > 0}
      />
    </div>
  );
}

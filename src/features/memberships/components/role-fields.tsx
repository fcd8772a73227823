'use client';

import { useContext } from 'react';
import { CheckboxGroup } from '@/components/form/checkbox-group';
import { ConflictNotice } from '@/components/form/conflict-notice';
import { FormContext } from '@/components/form/form-context';
import { OpenedValues } from '@/components/form/opened-values';
import { checkboxesOf, type RoleChoice } from '@/features/roles/role-choices.policy';

type Props = {
  legend: string;
  hint: string;
  roles: RoleChoice[];
  timeZone: string;
  /** What the form was opened with. */
  opened?: Record<string, string>;
};

export function RoleFields({ legend, hint, roles, timeZone, opened = {} }: Props) {
  const { state } = useContext(FormContext);
  return (
    <>
      <ConflictNotice
        timeZone={timeZone}
        title="Changed while you were looking"
        next="Below are the current roles, with your own changes in them. Save again if they are right."
      />
      <OpenedValues values={opened} />
      {/* Remounted after a conflict, because a box that was touched no longer follows its default. */}
      <CheckboxGroup key={state.conflict?.version} name="roles" legend={legend} hint={hint} {...checkboxesOf(roles)} />
    </>
  );
}

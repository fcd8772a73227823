'use client';

import { useContext } from 'react';
import { CheckboxGroup } from '@/components/form/checkbox-group';
import { ConflictChange } from '@/components/form/conflict-change';
import { FormContext } from '@/components/form/form-context';
import { Notice } from '@/components/ui/notice';
import type { RoleChoice } from '../options.queries';

type Props = {
  legend: string;
  hint: string;
  roles: RoleChoice[];
  timeZone: string;
  /** What the form was opened with. After a refusal, the values that were sent win over what the page has reloaded. */
  opened?: Record<string, string>;
};

export function RoleFields({ legend, hint, roles, timeZone, opened = {} }: Props) {
  const { state } = useContext(FormContext);
  const kept = roles.filter(({ isGranted, isTheirs }) => isGranted && !isTheirs);
  return (
    <>
      <ConflictNotice timeZone={timeZone} />
      {Object.entries(opened).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={String(state.values[name] ?? value)} />
      ))}
      {kept.map(({ key }) => (
        <input key={key} type="hidden" name="roles" value={key} />
      ))}
      {/* Remounted after a conflict, because a box that was touched no longer follows its default. */}
      <CheckboxGroup
        key={state.conflict?.version}
        name="roles"
        legend={legend}
        hint={hint}
        defaultValues={roles.filter(({ isGranted }) => isGranted).map(({ key }) => key)}
        options={roles.map(({ key, name, description, isTheirs }) => ({
          value: key,
          label: name,
          hint: description,
          ...(!isTheirs && {
            disabledReason: 'You do not have all of its access here yourself, so it stays as it is.',
          }),
        }))}
      />
    </>
  );
}

function ConflictNotice({ timeZone }: { timeZone: string }) {
  const { state } = useContext(FormContext);
  if (!state.conflict) return null;
  return (
    <Notice tone="warn" title="Changed while you were looking">
      {state.conflict.changes.map((change) => (
        <p key={change.field}>
          <ConflictChange change={change} timeZone={timeZone} />
        </p>
      ))}
      <p className="mt-1">Below are the current roles, with your own changes in them. Save again if they are right.</p>
    </Notice>
  );
}

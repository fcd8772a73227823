'use client';

import { useContext } from 'react';
import { CheckboxGroup } from '@/components/form/checkbox-group';
import { ConflictChange } from '@/components/form/conflict-change';
import { Form } from '@/components/form/form';
import { FormContext } from '@/components/form/form-context';
import { TextField } from '@/components/form/text-field';
import { Textarea } from '@/components/form/textarea';
import { Notice } from '@/components/ui/notice';
import { type Count, countOf } from '@/lib/counts';
import { createGroupAction } from '../create.actions';
import { updateGroupAction } from '../update.actions';

type Role = { key: string; name: string; description: string; isGranted: boolean; isTheirs: boolean };

const maxNameChars = 100;
const maxDescriptionChars = 300;

export function NewGroupForm({ organization, roles }: { organization: string; roles: Role[] }) {
  return (
    <Form action={createGroupAction} submitLabel="Create group" cancelHref="/groups">
      <input type="hidden" name="organization" value={organization} />
      <Named />
      <Roles
        roles={roles.filter(({ isTheirs }) => isTheirs)}
        hint="Everybody in the group has them. You can change them later."
      />
    </Form>
  );
}

type EditProps = {
  group: { id: string; name: string; description: string };
  roles: Role[];
  people: Count;
  timeZone: string;
};

export function EditGroupForm({ group, roles, people, timeZone }: EditProps) {
  const hint =
    people === 0
      ? 'Nobody is in the group yet.'
      : `${countOf(people, 'person gains or loses', 'people gain or lose')} what you change here, from the next click on.`;
  return (
    <Form action={updateGroupAction} submitLabel="Save group" cancelHref={`/groups/${group.id}`}>
      <Conflict timeZone={timeZone} />
      <Opened group={group} roles={roles} />
      <Named group={group} />
      <Roles roles={roles} hint={hint} />
    </Form>
  );
}

function Named({ group }: { group?: EditProps['group'] }) {
  return (
    <>
      <TextField
        name="name"
        label="Name"
        hint="What its people have in common, such as Night shift."
        defaultValue={group?.name}
        maxLength={maxNameChars}
        autoComplete="off"
      />
      <Textarea
        name="description"
        label="Description"
        hint="Who belongs in it, for the next admin."
        defaultValue={group?.description}
        optional
        rows={2}
        maxLength={maxDescriptionChars}
      />
    </>
  );
}

function Roles({ roles, hint }: { roles: Role[]; hint: string }) {
  return (
    <>
      {roles
        .filter(({ isGranted, isTheirs }) => isGranted && !isTheirs)
        .map(({ key }) => (
          <input key={key} type="hidden" name="roles" value={key} />
        ))}
      <CheckboxGroup
        name="roles"
        legend="Roles"
        hint={hint}
        optional
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

/** After a refusal the values that were sent win over what the page has reloaded since. */
function Opened({ group: { id, name, description }, roles }: Pick<EditProps, 'group' | 'roles'>) {
  const { state } = useContext(FormContext);
  const wasRoles = roles.flatMap(({ key, isGranted }) => (isGranted ? [key] : [])).join(',');
  const opened = { id, wasName: name, wasDescription: description, wasRoles };
  return Object.entries(opened).map(([field, value]) => (
    <input key={field} type="hidden" name={field} value={String(state.values[field] ?? value)} />
  ));
}

function Conflict({ timeZone }: { timeZone: string }) {
  const { state } = useContext(FormContext);
  if (!state.conflict) return null;
  return (
    <Notice tone="warn" title="Saved while you were editing">
      {state.conflict.changes.map((change) => (
        <p key={change.field}>
          <ConflictChange change={change} timeZone={timeZone} />
        </p>
      ))}
      <p className="mt-1">Below is what you typed. Save again to replace what is there now.</p>
    </Notice>
  );
}

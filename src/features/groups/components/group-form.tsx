'use client';

import { CheckboxGroup } from '@/components/form/checkbox-group';
import { ConflictNotice } from '@/components/form/conflict-notice';
import { Form } from '@/components/form/form';
import { OpenedValues } from '@/components/form/opened-values';
import { TextField } from '@/components/form/text-field';
import { Textarea } from '@/components/form/textarea';
import { checkboxesOf, grantedOf, type RoleChoice } from '@/features/roles/role-choices.policy';
import { type Count, countOf } from '@/lib/counts';
import { createGroupAction } from '../create.actions';
import { updateGroupAction } from '../update.actions';

const maxNameChars = 100;
const maxDescriptionChars = 300;

export function NewGroupForm({ organization, roles }: { organization: string; roles: RoleChoice[] }) {
  return (
    <Form action={createGroupAction} submitLabel="Create group" cancelHref="/groups">
      <input type="hidden" name="organization" value={organization} />
      <Named />
      <CheckboxGroup
        name="roles"
        legend="Roles"
        hint="Everybody in the group has them. You can change them later."
        optional
        {...checkboxesOf(roles.filter(({ isTheirs }) => isTheirs))}
      />
    </Form>
  );
}

type EditProps = {
  group: { id: string; name: string; description: string };
  roles: RoleChoice[];
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
      <ConflictNotice timeZone={timeZone} />
      <OpenedValues
        values={{
          id: group.id,
          wasName: group.name,
          wasDescription: group.description,
          wasRoles: grantedOf(roles).join(','),
        }}
      />
      <Named group={group} />
      <CheckboxGroup name="roles" legend="Roles" hint={hint} optional {...checkboxesOf(roles)} />
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

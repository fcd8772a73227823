import { Form } from '@/components/form/form';
import type { RoleChoice } from '@/features/roles/role-choices.policy';
import { changePlatformRolesAction } from '../platform-roles.actions';
import { RoleFields } from './role-fields';

type Props = { person: { id: string; version: number }; roles: RoleChoice[]; timeZone: string };

export function PlatformRolesForm({ person, roles, timeZone }: Props) {
  const was = roles
    .filter(({ isGranted }) => isGranted)
    .map(({ key }) => key)
    .join(',');
  return (
    <Form action={changePlatformRolesAction} submitLabel="Save roles" cancelHref={`/users/${person.id}/access`}>
      <RoleFields
        legend="Roles on the whole platform"
        hint="They apply in every organization, from the next click on. Access from groups stays as it is."
        roles={roles}
        timeZone={timeZone}
        opened={{ id: person.id, version: String(person.version), was }}
      />
    </Form>
  );
}

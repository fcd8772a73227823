import { Form } from '@/components/form/form';
import type { RoleChoice } from '@/features/roles/role-choices.policy';
import type { MembershipCard } from '../list.queries';
import { addMemberAction, changeMembershipAction } from '../membership.actions';
import { RoleFields } from './role-fields';

type Named = { id: string; name: string };
type Place = { name: string; slug: string };

type AddProps = { person: Named; place: Place; roles: RoleChoice[]; timeZone: string };

export function AddMemberForm({ person, place, roles, timeZone }: AddProps) {
  return (
    <Form action={addMemberAction} submitLabel={`Add to ${place.name}`} cancelHref={`/users/${person.id}/access`}>
      <input type="hidden" name="id" value={person.id} />
      <input type="hidden" name="organization" value={place.slug} />
      <RoleFields
        legend={`Roles in ${place.name}`}
        hint="Without a role, a member can do nothing there."
        roles={roles}
        timeZone={timeZone}
      />
      <ul className="flex max-w-prose list-disc flex-col gap-1 pl-5">
        <li>The roles work at once, even if the person is signed in.</li>
        <li>An active person is notified by email.</li>
      </ul>
    </Form>
  );
}

type ChangeProps = { person: Named; membership: MembershipCard; roles: RoleChoice[]; timeZone: string };

export function ChangeMembershipForm({ person, membership, roles, timeZone }: ChangeProps) {
  const { organization, version } = membership;
  const was = membership.roles.map(({ key }) => key).join(',');
  return (
    <Form action={changeMembershipAction} submitLabel="Save roles" cancelHref={`/users/${person.id}/access`}>
      <RoleFields
        legend={`Roles in ${organization.name}`}
        hint="Works from their next click on. Access from groups stays as it is."
        roles={roles}
        timeZone={timeZone}
        opened={{ id: person.id, organization: organization.slug, version: String(version), was }}
      />
    </Form>
  );
}

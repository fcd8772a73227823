import { Form } from '@/components/form/form';
import { TextField } from '@/components/form/text-field';
import { countOf } from '@/lib/counts';
import { deleteGroupAction } from '../deletion.actions';
import { largeGroup } from '../deletion.policy';
import { type GroupDetail, membersIn } from '../list.queries';

export function GroupDeletionForm({ group }: { group: GroupDetail }) {
  const { id, name, roles, invitations, members } = group;
  const people = membersIn(group);
  return (
    <Form action={deleteGroupAction} submitLabel={`Delete ${name}`} submitTone="danger" cancelHref={`/groups/${id}`}>
      <ul className="flex max-w-prose list-disc flex-col gap-1 pl-5">
        <li>{whatEnds(people === 0 ? null : countOf(people, 'person loses', 'people lose'), roles)}</li>
        {invitations !== 0 && (
          <li>
            {countOf(invitations, 'open invitation names', 'open invitations name')} it. They stay open and no longer
            add anybody to it.
          </li>
        )}
        <li>Accounts, and roles that people have in another way, stay as they are.</li>
        <li>This cannot be undone. A new group with the same name will have no people and no roles.</li>
      </ul>
      <input type="hidden" name="id" value={id} />
      {members >= largeGroup && (
        <TextField name="typed" label="Name of the group" hint={`Type ${name} to delete it.`} autoComplete="off" />
      )}
    </Form>
  );
}

function whatEnds(people: string | null, roles: GroupDetail['roles']): string {
  if (people === null) return 'Nobody is in it, so nobody loses access.';
  if (roles.length === 0) return 'It has no roles, so nobody loses access.';
  return `${people} what it grants, from their next click on: ${roles.map((role) => role.name).join(', ')}.`;
}

import GetForm from 'next/form';
import { CheckboxGroup } from '@/components/form/checkbox-group';
import { Form } from '@/components/form/form';
import { SearchLine } from '@/components/form/search-line';
import { changeGroupsAction } from '../groups.actions';
import type { GroupChoice } from '../groups.queries';

type Props = { userId: string; q: string; groups: GroupChoice[]; hasMore: boolean };

/** A person's groups and those they could join. It has a search, because there may be thousands. */
export function GroupsForm({ userId, q, groups, hasMore }: Props) {
  const path = `/users/${userId}/access`;
  return (
    <div className="flex max-w-2xl flex-col gap-6">
      <GetForm action={`${path}/groups`} prefetch={false}>
        <SearchLine label="Find a group" hint="Part of its name. Save your changes below before you search." q={q} />
      </GetForm>
      {groups.length === 0 ? (
        <p className="text-ink-soft">{q ? 'No group has this in its name.' : 'There are no groups to join.'}</p>
      ) : (
        // Remounted for another search, because the checkboxes would keep their earlier state.
        <Form key={q} action={changeGroupsAction} submitLabel="Save groups" cancelHref={path}>
          <input type="hidden" name="id" value={userId} />
          {groups
            .filter(({ isGranted }) => isGranted)
            .map(({ id }) => (
              <input key={id} type="hidden" name="was" value={id} />
            ))}
          <CheckboxGroup
            name="groups"
            legend="Groups"
            hint="Members of a group have its roles from their next click on."
            defaultValues={groups.filter(({ isGranted }) => isGranted).map(({ id }) => id)}
            options={groups.map((group) => ({
              value: group.id,
              label: group.organization ? `${group.name} (${group.organization})` : group.name,
              hint: group.roles.length > 0 ? group.roles.join(', ') : 'Grants no role.',
              ...(!group.isTheirs && { disabledReason: 'You cannot grant this access here, so it stays as it is.' }),
            }))}
          />
        </Form>
      )}
      {hasMore && <p className="text-ink-soft">There are more. Search for a part of the name.</p>}
    </div>
  );
}

import GetForm from 'next/form';
import { CheckboxGroup } from '@/components/form/checkbox-group';
import { Form } from '@/components/form/form';
import { changeGroupsAction } from '../groups.actions';
import type { GroupChoice } from '../groups.queries';
import { SearchLine } from './search-line';

type Props = { userId: string; q: string; groups: GroupChoice[]; hasMore: boolean };

/** The groups somebody is in, and those they could be put into: searched, because there may be thousands. */
export function GroupsForm({ userId, q, groups, hasMore }: Props) {
  const path = `/users/${userId}/access`;
  return (
    <div className="flex max-w-2xl flex-col gap-6">
      <GetForm action={`${path}/groups`} prefetch={false}>
        <SearchLine label="Find a group" hint="Part of its name. Save first what you have ticked below." q={q} />
      </GetForm>
      {groups.length === 0 ? (
        <p className="text-ink-soft">{q ? 'No group has this in its name.' : 'There is no group to be in.'}</p>
      ) : (
        // Made anew for another search: boxes of the one before would keep what was ticked.
        <Form key={q} action={changeGroupsAction} submitLabel="Save groups" cancelHref={path}>
          <input type="hidden" name="id" value={userId} />
          {groups
            .filter(({ isGranted }) => isGranted)
            .map(({ id }) => (
              <input key={id} type="hidden" name="was" value={id} />
            ))}
          {groups
            .filter(({ isGranted, isTheirs }) => isGranted && !isTheirs)
            .map(({ id }) => (
              <input key={id} type="hidden" name="groups" value={id} />
            ))}
          <CheckboxGroup
            name="groups"
            legend="Groups"
            hint="Whoever is in a group holds its roles, from their next click on."
            defaultValues={groups.filter(({ isGranted }) => isGranted).map(({ id }) => id)}
            options={groups.map((group) => ({
              value: group.id,
              label: group.organization ? `${group.name} (${group.organization})` : group.name,
              hint: group.roles.length > 0 ? group.roles.join(', ') : 'Holds no role.',
              ...(!group.isTheirs && { disabledReason: 'Beyond what you may hand out here, so it stays as it is.' }),
            }))}
          />
        </Form>
      )}
      {hasMore && <p className="text-ink-soft">There are more. Search for a part of the name.</p>}
    </div>
  );
}

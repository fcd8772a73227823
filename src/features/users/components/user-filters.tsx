import type { ComponentProps, ReactNode } from 'react';
import { FilterBar } from '@/components/table/filter-bar';
import type { Address } from '@/lib/search-params';
import { choiceLimit, findNames, type UserFilter, userStatuses } from '../list.schema';
import type { FilterOptions } from '../list-options.queries';

type Props = { address: Address; options: FilterOptions; filter: UserFilter; children: ReactNode };
type Filters = NonNullable<ComponentProps<typeof FilterBar>['filters']>;

const statusWords = { invited: 'Invited', active: 'Active', inactive: 'Inactive', archived: 'Archived' };
const dormancies = [30, 60, 90, 180, 365];

export function UserFilters({ address, options, filter, children }: Props) {
  const named = (each: { id: string; name: string }) => ({ value: each.id, label: each.name });
  const find = (kind: keyof typeof findNames, there: number) =>
    there >= choiceLimit || filter.find[kind] ? findNames[kind] : undefined;
  const days = new Set([...dormancies, filter.dormantDays ?? 90]);
  const filters: Filters = [
    {
      kind: 'many',
      name: 'status',
      label: 'Status',
      options: userStatuses.map((status) => ({ value: status, label: statusWords[status] })),
    },
    {
      kind: 'one',
      name: 'role',
      label: 'Role',
      options: options.roles.map(({ key, name }) => ({ value: key, label: name })),
    },
    {
      kind: 'one',
      name: 'group',
      label: 'Group',
      options: options.groups.map(named),
      find: find('group', options.groups.length),
    },
    {
      kind: 'one',
      name: 'organization',
      label: 'Organization',
      options:
        options.organizations.length > 1 || filter.organization || filter.find.organization
          ? options.organizations.map(({ slug, name }) => ({ value: slug, label: name }))
          : [],
      find: find('organization', options.organizations.length),
    },
    {
      kind: 'one',
      name: 'team',
      label: 'Team',
      options: options.teams.map(({ id, name, organization }) => ({
        value: id,
        label: options.organizations.length > 1 ? `${name}, ${organization}` : name,
      })),
      find: find('team', options.teams.length),
    },
    {
      kind: 'one',
      name: 'dormant',
      label: 'Dormant',
      options: [...days].sort((a, b) => a - b).map((each) => ({ value: String(each), label: `${each} days or more` })),
    },
    { kind: 'one', name: 'signedIn', label: 'Sign-in', options: [{ value: 'never', label: 'Never signed in' }] },
    { kind: 'dates', name: 'created', label: 'Created' },
  ];
  return (
    <FilterBar
      address={address}
      search={{ label: 'Search people', placeholder: 'Name or address' }}
      filters={filters.filter((each) => !('options' in each) || each.options.length > 0 || each.find)}
    >
      {children}
    </FilterBar>
  );
}

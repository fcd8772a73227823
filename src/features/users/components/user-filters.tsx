import type { ReactNode } from 'react';
import { FilterBar } from '@/components/table/filter-bar';
import type { ListFilter } from '@/components/table/list-filter';
import type { Address } from '@/lib/search-params';
import { findNames, type UserFilter, userStatuses } from '../list.schema';
import { choicesOf } from '../list-choices.policy';
import type { FilterOptions } from '../list-options.queries';

type Props = { address: Address; options: FilterOptions; filter: UserFilter; children: ReactNode };

const statusWords = { invited: 'Invited', active: 'Active', inactive: 'Inactive', archived: 'Archived' };
const dormancies = [30, 60, 90, 180, 365];
const source = '/api/choices/users';

export function UserFilters({ address, options, filter, children }: Props) {
  const { offers } = options;
  const days = new Set([...dormancies, filter.dormantDays ?? 90]);
  const filters: (ListFilter | false)[] = [
    {
      kind: 'many',
      name: 'status',
      label: 'Status',
      options: userStatuses.map((status) => ({ value: status, label: statusWords[status] })),
    },
    { kind: 'one', name: 'role', label: 'Role', options: choicesOf('role', options), source },
    (offers.group || filter.group !== null) && {
      kind: 'one',
      name: 'group',
      label: 'Group',
      options: choicesOf('group', options),
      source,
      find: findNames.group,
    },
    (offers.organization || filter.organization !== null) && {
      kind: 'one',
      name: 'organization',
      label: 'Organization',
      options: choicesOf('organization', options),
      source,
      find: findNames.organization,
    },
    (offers.team || filter.team !== null) && {
      kind: 'one',
      name: 'team',
      label: 'Team',
      options: choicesOf('team', options),
      source,
      find: findNames.team,
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
      filters={filters.filter((each) => each !== false)}
    >
      {children}
    </FilterBar>
  );
}

import { LinkButton } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { type Address, hrefWith } from '@/lib/search-params';
import { filterNames, type UserFilter } from '../list.schema';

type Props = { filter: UserFilter; isFiltered: boolean; address: Address; mayInvite: boolean };

export function UserListEmpty({ filter, isFiltered, address, mayInvite }: Props) {
  if (filter.after || filter.before) {
    return (
      <EmptyState
        kind="nothing-matches"
        title="Nobody is left on this page"
        action={<LinkButton href={hrefWith(address, { after: null, before: null })}>Go to the first page</LinkButton>}
      >
        The list has become shorter since you opened it.
      </EmptyState>
    );
  }
  if (isFiltered) {
    const cleared = Object.fromEntries(filterNames.map((name) => [name, null]));
    return (
      <EmptyState
        kind="nothing-matches"
        title="Nobody matches"
        action={<LinkButton href={hrefWith(address, cleared)}>Clear search and filters</LinkButton>}
      >
        {filter.q
          ? 'Three letters or more find any part of a name or address. One or two find its beginning.'
          : 'Remove a filter to see more people.'}
      </EmptyState>
    );
  }
  return (
    <EmptyState
      kind="nothing-yet"
      title="Nobody is here yet"
      icon="users"
      action={
        mayInvite && (
          <LinkButton href="/users/new" tone="primary" icon="user-plus">
            Add user
          </LinkButton>
        )
      }
    >
      {mayInvite ? 'Add the first user, or import a file.' : 'People appear here once they are added.'}
    </EmptyState>
  );
}

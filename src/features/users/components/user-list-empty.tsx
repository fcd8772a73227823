import { LinkButton } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { type Address, hrefWith } from '@/lib/search-params';
import { filterNames, type UserFilter } from '../list.schema';

type Props = { filter: UserFilter; isFiltered: boolean; address: Address; mayInvite: boolean };

/** Why no person is shown: nobody matches, nobody is left beyond this place, or nobody is here yet. */
export function UserListEmpty({ filter, isFiltered, address, mayInvite }: Props) {
  if (filter.after || filter.before) {
    return (
      <EmptyState
        kind="nothing-matches"
        title="Nobody is left on this page"
        action={<LinkButton href={hrefWith(address, { after: null, before: null })}>Go to the first page</LinkButton>}
      >
        The list became shorter since you opened it.
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
          ? 'Three letters or more find any part of a name or address; one or two find its beginning.'
          : 'Take a filter away to see more people.'}
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
            Invite person
          </LinkButton>
        )
      }
    >
      {mayInvite ? 'Invite the first person, or import a file of people.' : 'People appear here once they are added.'}
    </EmptyState>
  );
}

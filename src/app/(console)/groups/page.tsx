import type { Metadata } from 'next';
import { consolePage } from '@/app/(console)/console-page';
import { PageHeader } from '@/components/layout/page-header';
import { PageNotice } from '@/components/layout/page-notice';
import { type Column, DataTable } from '@/components/table/data-table';
import { FilterBar } from '@/components/table/filter-bar';
import { fitting } from '@/components/table/fitting';
import { ListEmpty } from '@/components/table/list-empty';
import { Pager } from '@/components/table/pager';
import type { RowAction } from '@/components/table/table-data';
import { namesValue } from '@/components/table/values';
import { LinkButton } from '@/components/ui/button';
import { allowedOn } from '@/features/groups/allowed.policy';
import { type GroupRow, groupMemberCountLimit, listGroups } from '@/features/groups/list.queries';
import { boundedCount, formatCount } from '@/lib/counts';
import { pageLinks } from '@/lib/list-links';
import { nameCursor } from '@/lib/list-params';
import { readNameList } from '@/lib/name-list';
import type { SearchParams } from '@/lib/search-params';
import { authorize } from '@/server/work';

export const metadata: Metadata = { title: 'Groups' };

const columns: Column<GroupRow>[] = [
  { key: 'name', header: 'Group', kind: 'link', value: (group) => ({ text: group.name }) },
  { key: 'roles', header: 'Roles', kind: 'names', value: (group) => namesValue(group.roles) },
  { key: 'owner', header: 'Belongs to', kind: 'text', value: (group) => group.organization ?? 'Platform' },
  {
    key: 'members',
    header: 'People',
    kind: 'number',
    value: (group) => formatCount(boundedCount(group.members, groupMemberCountLimit)),
  },
];

/** In the order of the menu. */
const actions = {
  view: { label: 'View', icon: 'eye' },
  edit: { label: 'Edit', icon: 'pencil', href: '/groups/{id}/edit', shortcut: 'e' },
  people: { label: 'Add or remove people', icon: 'users', href: '/groups/{id}/members' },
  delete: { label: 'Delete', icon: 'trash', tone: 'bad', href: '/groups/{id}/deletion' },
} satisfies Record<string, RowAction>;

export default consolePage(GroupsPage);

async function GroupsPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const can = await authorize('groups.read');
  const { notice, ...params } = await searchParams;
  const { rows, previous, next } = await listGroups(can, readNameList(params));
  const address = { path: '/groups', params };
  const create = can.may('groups.create') && (
    <LinkButton href="/groups/new" tone="primary" icon="plus">
      New group
    </LinkButton>
  );
  return (
    <>
      <PageHeader
        title="Groups"
        description="People in a group have all its roles. Invitations and imports add people to groups."
        primary={create}
      />
      <PageNotice searchParams={{ notice }} />
      <FilterBar address={address} search={{ label: 'Find a group' }} />
      <DataTable
        caption="Groups by name"
        columns={columns}
        rows={rows}
        rowKey={(group) => group.id}
        rowLabel={(group) => group.name}
        rowHref={(group) => `/groups/${group.id}`}
        address={address}
        menu={{ actions, of: (group) => fitting(actions, { view: true, ...allowedOn(can, group) }) }}
        empty={
          <ListEmpty
            address={address}
            narrowing={{ search: 'q' }}
            nothingMatches={{ title: 'No group matches', hint: 'Search for another part of the name.' }}
            nothingYet={{
              title: 'No groups yet',
              hint: 'Groups also come from an import with a groups column.',
              action: create,
              icon: 'key',
            }}
          />
        }
      />
      <Pager
        {...pageLinks(address, rows.length, { previous: nameCursor(previous), next: nameCursor(next) })}
        shown={rows.length}
        noun={['group', 'groups']}
        labels={['Previous', 'Next']}
      />
    </>
  );
}

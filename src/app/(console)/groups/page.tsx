import type { Metadata } from 'next';
import { consolePage } from '@/app/(console)/console-page';
import { PageHeader } from '@/components/layout/page-header';
import { type Column, DataTable } from '@/components/table/data-table';
import { FilterBar } from '@/components/table/filter-bar';
import { ListEmpty } from '@/components/table/list-empty';
import { Pager } from '@/components/table/pager';
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
  { key: 'roles', header: 'Roles', kind: 'names', value: (group) => ({ names: group.roles }) },
  { key: 'owner', header: 'Belongs to', kind: 'text', value: (group) => group.organization ?? 'Platform' },
  {
    key: 'members',
    header: 'People',
    kind: 'number',
    value: (group) => formatCount(boundedCount(group.members, groupMemberCountLimit)),
  },
];

export default consolePage(GroupsPage);

async function GroupsPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const can = await authorize('groups.read');
  const params = await searchParams;
  const { rows, previous, next } = await listGroups(can, readNameList(params));
  const address = { path: '/groups', params };
  return (
    <>
      <PageHeader
        title="Groups"
        description="People in a group have all its roles. Invitations and imports add people to groups."
      />
      <FilterBar address={address} search={{ label: 'Find a group' }} />
      <DataTable
        caption="Groups by name"
        columns={columns}
        rows={rows}
        rowKey={(group) => group.id}
        rowLabel={(group) => group.name}
        rowHref={(group) => `/groups/${group.id}`}
        address={address}
        empty={
          <ListEmpty
            address={address}
            narrowing={{ search: 'q' }}
            nothingMatches={{ title: 'No group matches', hint: 'Search for another part of the name.' }}
            nothingYet={{
              title: 'No groups yet',
              hint: 'Create one while inviting somebody, or import a file with a groups column.',
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

import type { Metadata } from 'next';
import { consolePage } from '@/app/(console)/console-page';
import { PageHeader } from '@/components/layout/page-header';
import { type Column, DataTable } from '@/components/table/data-table';
import { EmptyState } from '@/components/ui/empty-state';
import { TextLink } from '@/components/ui/text-link';
import { type GroupRow, groupMemberCountLimit, listGroups } from '@/features/groups/queries';
import { boundedCount, formatCount } from '@/lib/counts';
import { authorize } from '@/server/work';

export const metadata: Metadata = { title: 'Groups' };

const columns: Column<GroupRow>[] = [
  { key: 'name', header: 'Group', cell: (group) => <TextLink href={`/groups/${group.id}`}>{group.name}</TextLink> },
  {
    key: 'description',
    header: 'What for',
    cell: (group) => group.description || '—',
    text: (group) => group.description,
  },
  {
    key: 'roles',
    header: 'Roles',
    cell: (group) => group.roles.join(', ') || 'None',
    text: (group) => group.roles.join(', '),
  },
  { key: 'owner', header: 'Belongs to', cell: (group) => group.organization ?? 'Platform' },
  {
    key: 'members',
    header: 'People',
    align: 'end',
    width: 'narrow',
    cell: (group) => formatCount(boundedCount(group.members, groupMemberCountLimit)),
  },
];

export default consolePage(GroupsPage);

async function GroupsPage() {
  const can = await authorize('groups.read');
  const groups = await listGroups(can);
  return (
    <>
      <PageHeader
        title="Groups"
        description="People in a group hold all its roles. Invitations and imports put people into groups."
      />
      <DataTable
        caption="Groups by name"
        columns={columns}
        rows={groups}
        rowKey={(group) => group.id}
        rowLabel={(group) => group.name}
        address={{ path: '/groups', params: {} }}
        empty={
          <EmptyState kind="nothing-yet" title="No groups yet">
            Make one while inviting somebody, or import a file with a groups column.
          </EmptyState>
        }
      />
    </>
  );
}

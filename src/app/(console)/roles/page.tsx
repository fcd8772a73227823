import type { Metadata } from 'next';
import { consolePage } from '@/app/(console)/console-page';
import { PageHeader } from '@/components/layout/page-header';
import { type Column, DataTable } from '@/components/table/data-table';
import { Badge } from '@/components/ui/badge';
import { LinkButton } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { TextLink } from '@/components/ui/text-link';
import { listRoles, type RoleWithPermissions } from '@/features/roles/list.queries';
import { authorize } from '@/server/work';

export const metadata: Metadata = { title: 'Roles' };

const scopes = { platform: 'Platform', organization: 'In organizations', both: 'Platform or organizations' };

const columns: Column<RoleWithPermissions>[] = [
  { key: 'name', header: 'Role', cell: (role) => <TextLink href={`/roles/${role.key}`}>{role.name}</TextLink> },
  {
    key: 'description',
    header: 'Description',
    cell: (role) => role.description,
    text: (role) => role.description,
    width: 'wide',
  },
  { key: 'scope', header: 'Can be granted', cell: (role) => scopes[role.scope] },
  { key: 'permissions', header: 'Permissions', cell: (role) => role.permissions.length, align: 'end', width: 'narrow' },
  { key: 'kind', header: 'Kind', cell: (role) => <Badge tone="neutral">{role.builtIn ? 'Built in' : 'Custom'}</Badge> },
];

export default consolePage(RolesPage);

async function RolesPage() {
  const can = await authorize('roles.read');
  const roles = await listRoles(can);
  return (
    <>
      <PageHeader
        title="Roles"
        description="A role is a named set of permissions. A person can have several, and their permissions add up."
        secondary={<LinkButton href="/roles/matrix">See the matrix</LinkButton>}
      />
      <DataTable
        caption="Roles by name"
        columns={columns}
        rows={roles}
        rowKey={(role) => role.id}
        rowLabel={(role) => role.name}
        address={{ path: '/roles', params: {} }}
        empty={
          <EmptyState kind="nothing-yet" title="No roles yet">
            The built-in roles are added when Rollcall starts.
          </EmptyState>
        }
      />
    </>
  );
}

import type { Metadata } from 'next';
import { consolePage } from '@/app/(console)/console-page';
import { PageHeader } from '@/components/layout/page-header';
import { type Column, DataTable } from '@/components/table/data-table';
import { LinkButton } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { listRoles, type RoleWithPermissions } from '@/features/roles/list.queries';
import { authorize } from '@/server/work';

export const metadata: Metadata = { title: 'Roles' };

const scopes = { platform: 'Platform', organization: 'In organizations', both: 'Platform or organizations' };

const columns: Column<RoleWithPermissions>[] = [
  { key: 'name', header: 'Role', kind: 'link', value: (role) => ({ text: role.name }) },
  { key: 'description', header: 'Description', kind: 'text', value: (role) => role.description },
  { key: 'scope', header: 'Can be granted', kind: 'text', value: (role) => scopes[role.scope] },
  { key: 'permissions', header: 'Permissions', kind: 'number', value: (role) => String(role.permissions.length) },
  { key: 'kind', header: 'Kind', kind: 'text', value: (role) => (role.builtIn ? 'Built in' : 'Custom') },
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
        rowHref={(role) => `/roles/${role.key}`}
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

import type { Metadata } from 'next';
import { consolePage } from '@/app/(console)/console-page';
import { PageHeader } from '@/components/layout/page-header';
import { type Column, DataTable } from '@/components/table/data-table';
import { EmptyState } from '@/components/ui/empty-state';
import { Icon } from '@/components/ui/icon';
import {
  type CatalogPermission,
  listPermissions,
  listRoles,
  type RoleWithPermissions,
} from '@/features/roles/list.queries';
import { authorize } from '@/server/work';

export const metadata: Metadata = { title: 'Matrix' };

export default consolePage(MatrixPage);

async function MatrixPage() {
  const can = await authorize('roles.read');
  const [roles, permissions] = await Promise.all([listRoles(can), listPermissions(can)]);
  const columns: Column<CatalogPermission>[] = [
    {
      key: 'permission',
      header: 'Permission',
      kind: 'node' as const,
      value: (permission: CatalogPermission) => (
        <>
          {permission.description}
          <code className="block text-[13px] text-ink-soft">{permission.key}</code>
        </>
      ),
    },
    ...roles.map((role) => ({
      key: role.key,
      header: role.name,
      kind: 'node' as const,
      value: (permission: CatalogPermission) => <Granted role={role} permission={permission} />,
    })),
  ];
  return (
    <>
      <PageHeader
        title="Matrix"
        description="What each role may do. Every page, form and job checks one of these permissions first."
      />
      <DataTable
        caption="Permissions by role"
        columns={columns}
        rows={permissions}
        rowKey={(permission) => permission.key}
        rowLabel={(permission) => permission.key}
        address={{ path: '/roles/matrix', params: {} }}
        empty={
          <EmptyState kind="nothing-yet" title="No permissions yet">
            They are added when Rollcall starts.
          </EmptyState>
        }
      />
    </>
  );
}

function Granted({ role, permission }: { role: RoleWithPermissions; permission: CatalogPermission }) {
  if (!role.permissions.includes(permission.key)) return <span className="text-ink-soft">No</span>;
  return (
    <span className="inline-flex items-center gap-1 font-medium text-good-text">
      <Icon name="check" className="size-3.5" />
      Yes
    </span>
  );
}

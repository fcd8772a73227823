import type { Metadata } from 'next';
import { consolePage } from '@/app/(console)/console-page';
import { PageHeader } from '@/components/layout/page-header';
import { RoleMatrix } from '@/features/roles/components/role-matrix';
import { listPermissions, listRoles } from '@/features/roles/list.queries';
import { authorize } from '@/server/work';

export const metadata: Metadata = { title: 'Matrix' };

export default consolePage(MatrixPage);

async function MatrixPage() {
  const can = await authorize('roles.read');
  const [roles, permissions] = await Promise.all([listRoles(can), listPermissions(can)]);
  return (
    <>
      <PageHeader
        title="Matrix"
        description="What each role may do. Every page, form and job checks one of these permissions first."
      />
      <RoleMatrix roles={roles} permissions={permissions} />
    </>
  );
}

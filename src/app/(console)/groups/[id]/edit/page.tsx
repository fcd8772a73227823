import type { Metadata } from 'next';
import { consolePage } from '@/app/(console)/console-page';
import { PageHeader } from '@/components/layout/page-header';
import { EditGroupForm } from '@/features/groups/components/group-form';
import { getGroup, membersIn } from '@/features/groups/list.queries';
import { roleChoices } from '@/features/memberships/options.queries';
import { authorize, orNotFound } from '@/server/work';

export const metadata: Metadata = { title: 'Edit a group' };

export default consolePage(EditGroupPage);

async function EditGroupPage({ params }: { params: Promise<{ id: string }> }) {
  const can = await authorize('groups.read', 'groups.edit');
  const group = await orNotFound(getGroup(can, (await params).id));
  const granted = group.roles.map(({ key }) => key);
  const { id, name, description } = group;
  return (
    <>
      <PageHeader
        title={`Edit ${name}`}
        description={
          group.organization
            ? `Its roles apply in ${group.organization.name}.`
            : 'Its roles apply on the whole platform.'
        }
        breadcrumbs={[{ label: 'Groups', href: '/groups' }, { label: name, href: `/groups/${id}` }, { label: 'Edit' }]}
      />
      <EditGroupForm
        group={{ id, name, description }}
        roles={await roleChoices(can, group.organizationId, granted)}
        people={membersIn(group)}
        timeZone={can.timeZone}
      />
    </>
  );
}

import { Confirmation, type ShownAs } from '@/components/layout/confirmation';
import { GroupDeletionForm } from '@/features/groups/components/group-deletion-form';
import { getGroup } from '@/features/groups/list.queries';
import { type Can, orNotFound } from '@/server/work';

export async function deletion(can: Can<'groups.read'>, id: string, as: ShownAs) {
  const group = await orNotFound(getGroup(can, id));
  return (
    <Confirmation
      as={as}
      title={`Delete ${group.name}`}
      breadcrumbs={[
        { label: 'Groups', href: '/groups' },
        { label: group.name, href: `/groups/${group.id}` },
        { label: 'Delete' },
      ]}
    >
      <GroupDeletionForm group={group} />
    </Confirmation>
  );
}

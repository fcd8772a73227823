import { Confirmation, type ShownAs } from '@/components/layout/confirmation';
import { LinkButton } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import { ArchiveForm, RestoreForm } from '@/features/users/components/archive-form';
import { getUser } from '@/features/users/details.queries';
import { findObstacle } from '@/features/users/obstacles.queries';
import { displayName } from '@/lib/names';
import { obstacleText } from '@/lib/obstacle-words';
import { type Can, orNotFound } from '@/server/work';

export async function archive(can: Can<'users.read'>, id: string, as: ShownAs) {
  const user = await orNotFound(getUser(can, id));
  const obstacle = await findObstacle(can, user.id, 'users.archive');
  const name = displayName(user);
  const isArchived = user.status === 'archived';
  const verb = isArchived ? 'Restore' : 'Archive';
  const Answer = isArchived ? RestoreForm : ArchiveForm;
  return (
    <Confirmation
      as={as}
      title={`${verb} ${name}`}
      breadcrumbs={[{ label: 'Users', href: '/users' }, { label: name, href: `/users/${user.id}` }, { label: verb }]}
    >
      {obstacle ? (
        <Notice
          tone="warn"
          title="This is not possible here"
          action={<LinkButton href={`/users/${user.id}`}>Back</LinkButton>}
        >
          {obstacleText[obstacle]}
        </Notice>
      ) : (
        <Answer user={user} />
      )}
    </Confirmation>
  );
}

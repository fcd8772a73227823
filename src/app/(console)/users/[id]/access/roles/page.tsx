import type { Metadata } from 'next';
import { consolePage } from '@/app/(console)/console-page';
import { AccessPage, againstReceiving } from '@/features/memberships/components/access-page';
import { PlatformRolesForm } from '@/features/memberships/components/platform-roles-form';
import { roleChoices } from '@/features/memberships/options.queries';
import { getUser } from '@/features/users/details.queries';
import { findObstacle } from '@/features/users/obstacles.queries';
import { displayName } from '@/lib/names';
import { obstacleText } from '@/lib/obstacle-words';
import { authorize, orNotFound } from '@/server/work';

export const metadata: Metadata = { title: 'Roles on the platform' };

export default consolePage(PlatformRolesPage);

async function PlatformRolesPage({ params }: { params: Promise<{ id: string }> }) {
  const can = await authorize('users.read', 'roles.grant');
  const user = await orNotFound(getUser(can, (await params).id));
  const obstacle = await findObstacle(can, user.id, 'roles.grant');
  const current = user.roles.filter(({ organization, group }) => organization === null && group === null);
  const roles = await roleChoices(
    can,
    null,
    current.map(({ key }) => key),
  );
  return (
    <AccessPage
      person={{ id: user.id, name: displayName(user) }}
      title={`Roles of ${displayName(user)}`}
      here="Platform roles"
      reason={obstacle ? obstacleText[obstacle] : againstReceiving(user.status)}
    >
      <PlatformRolesForm person={user} roles={roles} timeZone={can.timeZone} />
    </AccessPage>
  );
}

import { Confirmation, type ShownAs } from '@/components/layout/confirmation';
import { LinkButton } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import { DeactivateForm, ReactivateForm } from '@/features/users/components/deactivation-form';
import { getUser, type UserRecord } from '@/features/users/details.queries';
import { findObstacle } from '@/features/users/obstacles.queries';
import { dayKey } from '@/lib/dates';
import { displayName } from '@/lib/names';
import { type AccountObstacle, obstacleText } from '@/lib/obstacle-words';
import { type Can, orNotFound } from '@/server/work';

export async function deactivation(can: Can<'users.read'>, id: string, as: ShownAs) {
  const user = await orNotFound(getUser(can, id));
  const obstacle = await findObstacle(can, user.id);
  const name = displayName(user);
  const today = dayKey(new Date(), can.timeZone);
  const verb = user.status === 'inactive' ? 'Reactivate' : 'Deactivate';
  return (
    <Confirmation
      as={as}
      title={`${verb} ${name}`}
      breadcrumbs={[{ label: 'Users', href: '/users' }, { label: name, href: `/users/${user.id}` }, { label: verb }]}
    >
      <Answer user={user} obstacle={obstacle} today={today} />
    </Confirmation>
  );
}

function Answer({ user, obstacle, today }: { user: UserRecord; obstacle: AccountObstacle | null; today: string }) {
  if (!obstacle && user.status === 'active') return <DeactivateForm user={user} today={today} />;
  if (!obstacle && user.status === 'inactive') return <ReactivateForm user={user} />;
  const reason = obstacle
    ? obstacleText[obstacle]
    : user.status === 'invited'
      ? 'Nobody can sign in with this account yet. Cancel the invitation instead.'
      : obstacleText.archived;
  return (
    <Notice
      tone="warn"
      title="This is not possible here"
      action={<LinkButton href={`/users/${user.id}`}>Back</LinkButton>}
    >
      {reason}
    </Notice>
  );
}

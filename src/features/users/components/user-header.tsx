import type { ReactNode } from 'react';
import { PageHeader } from '@/components/layout/page-header';
import { Avatar } from '@/components/ui/avatar';
import { Button, LinkButton } from '@/components/ui/button';
import { Status, statusLook } from '@/components/ui/status';
import { Tabs } from '@/components/ui/tabs';
import { avatarTone } from '@/lib/avatar-tone';
import { displayName, fullName } from '@/lib/names';
import { type AccountObstacle, obstacleText } from '@/lib/obstacle-words';
import type { UserRecord } from '../details.queries';

type Props = {
  user: UserRecord;
  current: 'profile' | 'access' | 'history';
  seesHistory: boolean;
  deactivation: { obstacle: AccountObstacle | null } | null;
  editing: { obstacle: AccountObstacle | null } | null;
  passwordReset: { obstacle: AccountObstacle | null } | null;
  isLocked?: boolean;
  notice?: ReactNode;
};

export function UserHeader({ user, current, seesHistory, isLocked, notice, ...actions }: Props) {
  const name = displayName(user);
  const path = `/users/${user.id}`;
  const tabs = [
    { href: path, label: 'Profile' },
    { href: `${path}/access`, label: 'Access' },
    ...(seesHistory ? [{ href: `${path}/history`, label: 'History' }] : []),
  ];
  return (
    <>
      <PageHeader
        title={name}
        lead={<Avatar name={fullName(user)} email={user.email} size="lg" tone={avatarTone(user.id)} />}
        description={name === user.email ? undefined : user.email}
        status={<Status {...statusLook(user.status, isLocked && 'Locked')} />}
        breadcrumbs={[{ label: 'Users', href: '/users' }, { label: name }]}
        secondary={
          (actions.editing || actions.deactivation || actions.passwordReset) && (
            <HeaderActions user={user} {...actions} />
          )
        }
      />
      {notice}
      <div className="mb-5">
        <Tabs label={`Account of ${name}`} current={current === 'profile' ? path : `${path}/${current}`} tabs={tabs} />
      </div>
    </>
  );
}

type ActionProps = Pick<Props, 'user' | 'deactivation' | 'editing' | 'passwordReset'>;

function HeaderActions({ user, deactivation, editing, passwordReset }: ActionProps) {
  const isEndedByPlatform = deactivation?.obstacle === 'ended_by_platform';
  const ending = isEndedByPlatform ? null : deactivation?.obstacle;
  const obstacle = editing?.obstacle ?? ending ?? passwordReset?.obstacle;
  if (obstacle) return <p className="text-ink-soft text-sm">{obstacleText[obstacle]}</p>;
  return (
    <>
      {passwordReset && user.status === 'active' && (
        <LinkButton href={`/users/${user.id}/password-reset`} icon="key">
          Send password reset
        </LinkButton>
      )}
      {isEndedByPlatform && (
        <Button icon="rotate-ccw" disabledReason={obstacleText.ended_by_platform}>
          Reactivate
        </Button>
      )}
      {deactivation && !isEndedByPlatform && <DeactivationButton user={user} />}
      {editing && user.status !== 'archived' && (
        <LinkButton href={`/users/${user.id}/edit`} icon="pencil" data-shortcut="e">
          Edit
        </LinkButton>
      )}
    </>
  );
}

function DeactivationButton({ user }: { user: UserRecord }) {
  if (user.status !== 'active' && user.status !== 'inactive') return null;
  const isActive = user.status === 'active';
  return (
    <LinkButton href={`/users/${user.id}/deactivation`} icon={isActive ? 'ban' : 'rotate-ccw'}>
      {isActive ? 'Deactivate' : 'Reactivate'}
    </LinkButton>
  );
}

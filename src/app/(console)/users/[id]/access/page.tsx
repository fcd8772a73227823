import type { Metadata } from 'next';
import { consolePage } from '@/app/(console)/console-page';
import { RecordColumns } from '@/components/layout/record';
import { Button, LinkButton } from '@/components/ui/button';
import { MembershipCards } from '@/features/memberships/components/membership-cards';
import { listMemberships } from '@/features/memberships/list.queries';
import { mayJoinSeveral } from '@/features/memberships/one-organization.policy';
import { UserAccess } from '@/features/users/components/user-access';
import { UserHeader } from '@/features/users/components/user-header';
import { UserNotice } from '@/features/users/components/user-notice';
import { getUser, type UserRecord } from '@/features/users/details.queries';
import { findAccountActions, findObstacle } from '@/features/users/obstacles.queries';
import { type AccountObstacle, obstacleText } from '@/lib/obstacle-words';
import type { SearchParams } from '@/lib/search-params';
import { authorize, orNotFound } from '@/server/work';
import { PersonPanel } from '../person-panel';

export const metadata: Metadata = { title: 'Access' };

type Props = { params: Promise<{ id: string }>; searchParams: Promise<SearchParams> };

export default consolePage(UserAccessPage);

async function UserAccessPage({ params, searchParams }: Props) {
  const can = await authorize('users.read');
  const user = await orNotFound(getUser(can, (await params).id));
  const [actions, memberships, obstacle] = await Promise.all([
    findAccountActions(can, user.id),
    listMemberships(can, user.id),
    findObstacle(can, user.id, 'roles.grant'),
  ]);
  const sees = {
    roles: can.may('roles.read'),
    groups: can.may('groups.read'),
    organizations: can.may('organizations.read'),
    invitations: can.may('invitations.read'),
  };
  return (
    <>
      <UserHeader
        user={user}
        current="access"
        seesHistory={can.may('audit.read')}
        {...actions}
        notice={<UserNotice can={can} searchParams={await searchParams} returnTo={`/users/${user.id}/access`} />}
      />
      <RecordColumns panel={<PersonPanel can={can} user={user} />}>
        <UserAccess
          user={user}
          sees={sees}
          rolesAction={
            can.may('roles.grant', null) && (
              <Change href={`/users/${user.id}/access/roles`} reason={againstAccess(user, obstacle)}>
                Change platform roles
              </Change>
            )
          }
          groupsAction={
            can.may('groups.update') && (
              <Change
                href={`/users/${user.id}/access/groups`}
                reason={againstAccess(user, user.id === can.actor.id ? 'self' : null)}
              >
                Change groups
              </Change>
            )
          }
        >
          <MembershipCards
            userId={user.id}
            memberships={memberships}
            pending={user.invitations.filter(({ organization, isExpired }) => organization !== null && !isExpired)}
            adding={can.may('memberships.create', null) ? { disabledReason: againstAdding(user, obstacle) } : null}
            sees={sees}
            timeZone={can.timeZone}
          />
        </UserAccess>
      </RecordColumns>
    </>
  );
}

function againstAccess({ status }: UserRecord, obstacle: AccountObstacle | null): string | null {
  if (obstacle) return obstacleText[obstacle];
  if (status === 'archived') return obstacleText.archived;
  return status === 'invited' ? obstacleText.not_accepted : null;
}

function againstAdding(user: UserRecord, obstacle: AccountObstacle | null): string | null {
  const reason = againstAccess(user, obstacle);
  if (reason || user.memberships.length === 0 || mayJoinSeveral()) return reason;
  return 'A person can only be in one organization here.';
}

function Change({ href, reason, children }: { href: string; reason: string | null; children: string }) {
  if (reason) {
    return (
      <Button size="sm" icon="pencil" disabledReason={reason}>
        {children}
      </Button>
    );
  }
  return (
    <LinkButton href={href} size="sm" icon="pencil">
      {children}
    </LinkButton>
  );
}

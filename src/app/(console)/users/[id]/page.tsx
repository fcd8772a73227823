import type { Metadata } from 'next';
import { consolePage } from '@/app/(console)/console-page';
import { RecordColumns } from '@/components/layout/record';
import { UserHeader } from '@/features/users/components/user-header';
import { UserNotice } from '@/features/users/components/user-notice';
import { UserProfile } from '@/features/users/components/user-profile';
import { getUser } from '@/features/users/details.queries';
import { findPendingChange } from '@/features/users/email-change/pending.queries';
import { findAccountActions } from '@/features/users/obstacles.queries';
import { findLockOf } from '@/features/users/sign-in-help.queries';
import type { SearchParams } from '@/lib/search-params';
import { authorize, orNotFound } from '@/server/work';
import { PersonPanel } from './person-panel';

export const metadata: Metadata = { title: 'Profile' };

type Props = { params: Promise<{ id: string }>; searchParams: Promise<SearchParams> };

export default consolePage(UserPage);

async function UserPage({ params, searchParams }: Props) {
  const can = await authorize('users.read');
  const user = await orNotFound(getUser(can, (await params).id));
  const actions = await findAccountActions(can, user.id);
  const lock = await findLockOf(can, user);
  const mayEdit = actions.editing?.obstacle === null && ['active', 'inactive'].includes(user.status);
  return (
    <>
      <UserHeader
        user={user}
        current="profile"
        seesHistory={can.may('audit.read')}
        isLocked={lock !== null}
        {...actions}
        notice={<UserNotice can={can} searchParams={await searchParams} />}
      />
      <RecordColumns panel={<PersonPanel can={can} user={user} />}>
        <UserProfile
          user={user}
          timeZone={can.timeZone}
          lock={lock}
          unlocking={actions.passwordReset}
          seesInvitations={can.may('invitations.read')}
          mayInvite={can.may('users.invite')}
          seesOrganizations={can.may('organizations.read')}
          pending={await findPendingChange(can, user)}
          emailHref={mayEdit ? `/users/${user.id}/email` : null}
        />
      </RecordColumns>
    </>
  );
}

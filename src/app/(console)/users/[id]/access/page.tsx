import type { Metadata } from 'next';
import { consolePage } from '@/app/(console)/console-page';
import { UserAccess } from '@/features/users/components/user-access';
import { UserHeader } from '@/features/users/components/user-header';
import { findDeeds, getUser } from '@/features/users/record/queries';
import { authorize, orNotFound } from '@/server/work';

export const metadata: Metadata = { title: 'Access' };

export default consolePage(UserAccessPage);

async function UserAccessPage({ params }: { params: Promise<{ id: string }> }) {
  const can = await authorize('users.read');
  const user = await orNotFound(getUser(can, (await params).id));
  const deeds = await findDeeds(can, user.id);
  return (
    <>
      <UserHeader user={user} current="access" {...deeds} />
      <UserAccess user={user} sees={{ roles: can.may('roles.read'), groups: can.may('groups.read') }} />
    </>
  );
}

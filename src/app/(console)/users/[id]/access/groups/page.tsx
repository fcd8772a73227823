import type { Metadata } from 'next';
import { consolePage } from '@/app/(console)/console-page';
import { AccessPage, againstReceiving } from '@/features/memberships/components/access-page';
import { GroupsForm } from '@/features/memberships/components/groups-form';
import { findGroups } from '@/features/memberships/groups.queries';
import { getUser } from '@/features/users/details.queries';
import { displayName } from '@/lib/names';
import { obstacleText } from '@/lib/obstacle-words';
import { firstOf, type SearchParams } from '@/lib/search-params';
import { authorize, orNotFound } from '@/server/work';

export const metadata: Metadata = { title: 'Groups of a person' };

type Props = { params: Promise<{ id: string }>; searchParams: Promise<SearchParams> };

export default consolePage(UserGroupsPage);

async function UserGroupsPage({ params, searchParams }: Props) {
  const can = await authorize('users.read', 'groups.update');
  const user = await orNotFound(getUser(can, (await params).id));
  const q = (firstOf(await searchParams, 'q') ?? '').trim();
  const name = displayName(user);
  return (
    <AccessPage
      person={{ id: user.id, name }}
      title={`Groups of ${name}`}
      here="Groups"
      reason={user.id === can.actor.id ? obstacleText.self : againstReceiving(user.status)}
    >
      <GroupsForm userId={user.id} q={q} {...(await findGroups(can, user.id, q))} />
    </AccessPage>
  );
}

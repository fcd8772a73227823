import type { Metadata } from 'next';
import { consolePage } from '@/app/(console)/console-page';
import { AccessPage, againstReceiving } from '@/features/memberships/components/access-page';
import { AddMemberForm } from '@/features/memberships/components/membership-forms';
import { OrganizationSearch } from '@/features/memberships/components/organization-search';
import { mayJoinSeveral } from '@/features/memberships/one-organization.policy';
import { findOrganization, findOrganizations, roleChoices } from '@/features/memberships/options.queries';
import { getUser, type UserRecord } from '@/features/users/details.queries';
import { findObstacle } from '@/features/users/obstacles.queries';
import { displayName } from '@/lib/names';
import { obstacleText } from '@/lib/obstacle-words';
import { firstOf, type SearchParams } from '@/lib/search-params';
import { authorize, orNotFound } from '@/server/work';

export const metadata: Metadata = { title: 'Add to an organization' };

type Props = { params: Promise<{ id: string }>; searchParams: Promise<SearchParams> };

export default consolePage(NewMembershipPage);

async function NewMembershipPage({ params, searchParams }: Props) {
  const can = await authorize('users.read', 'memberships.create');
  const user = await orNotFound(getUser(can, (await params).id));
  const query = await searchParams;
  const obstacle = await findObstacle(can, user.id, 'memberships.create');
  const reason = obstacle ? obstacleText[obstacle] : againstReceiving(user.status);
  const place = await findOrganization(can, firstOf(query, 'organization'));
  const name = displayName(user);
  const frame = { person: { id: user.id, name }, here: 'Add to an organization' };
  if (!place) {
    const q = (firstOf(query, 'q') ?? '').trim();
    const found = await findOrganizations(can, user.id, q);
    return (
      <AccessPage {...frame} title={`Add ${name} to an organization`} reason={reason ?? againstSecond(user)}>
        <OrganizationSearch path={`/users/${user.id}/access/membership/new`} q={q} {...found} />
      </AccessPage>
    );
  }
  const isMember = user.memberships.some(({ id }) => id === place.id);
  const against =
    reason ??
    (isMember ? `${name} is a member of ${place.name} already.` : againstSecond(user)) ??
    (place.status === 'active' ? null : `${place.name} is inactive. A System Admin can reactivate it.`);
  return (
    <AccessPage {...frame} title={`Add ${name} to ${place.name}`} reason={against}>
      <AddMemberForm
        person={{ id: user.id, name }}
        place={place}
        roles={await roleChoices(can, place.id, [])}
        timeZone={can.timeZone}
      />
    </AccessPage>
  );
}

function againstSecond({ memberships }: UserRecord): string | null {
  const [first] = memberships;
  if (!first || mayJoinSeveral()) return null;
  return `A person can only be in one organization here, and is now in ${first.name}. End that membership first.`;
}

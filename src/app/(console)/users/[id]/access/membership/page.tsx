import type { Metadata } from 'next';
import { consolePage } from '@/app/(console)/console-page';
import { AccessPage, againstReceiving } from '@/features/memberships/components/access-page';
import { ChangeMembershipForm } from '@/features/memberships/components/membership-forms';
import { WhichMembership } from '@/features/memberships/components/which-membership';
import { findWanted, listMemberships } from '@/features/memberships/list.queries';
import { roleChoices } from '@/features/memberships/options.queries';
import { getUser } from '@/features/users/details.queries';
import { displayName } from '@/lib/names';
import { obstacleText } from '@/lib/obstacle-words';
import { firstOf, type SearchParams } from '@/lib/search-params';
import { authorize, orNotFound } from '@/server/work';

export const metadata: Metadata = { title: 'Roles in an organization' };

type Props = { params: Promise<{ id: string }>; searchParams: Promise<SearchParams> };

export default consolePage(MembershipPage);

async function MembershipPage({ params, searchParams }: Props) {
  const can = await authorize('users.read', 'memberships.update');
  const user = await orNotFound(getUser(can, (await params).id));
  const memberships = (await listMemberships(can, user.id)).filter(({ mayChange }) => mayChange);
  const membership = findWanted(memberships, firstOf(await searchParams, 'organization'));
  const name = displayName(user);
  const frame = { person: { id: user.id, name }, here: 'Roles' };
  if (!membership) {
    return (
      <AccessPage {...frame} title={`Roles of ${name}`}>
        <WhichMembership path={`/users/${user.id}/access/membership`} memberships={memberships} />
      </AccessPage>
    );
  }
  const { organization, obstacle } = membership;
  const current = membership.roles.map(({ key }) => key);
  const isArchived = user.status === 'archived';
  return (
    <AccessPage
      {...frame}
      title={`Roles of ${name} in ${organization.name}`}
      reason={obstacle ? obstacleText[obstacle] : isArchived ? againstReceiving(user.status) : null}
    >
      <ChangeMembershipForm
        person={{ id: user.id, name }}
        membership={membership}
        roles={await roleChoices(can, organization.id, current)}
        timeZone={can.timeZone}
      />
    </AccessPage>
  );
}

import type { ShownAs } from '@/components/layout/confirmation';
import { EndMembershipForm } from '@/features/leaving/components/end-membership-form';
import { AccessPage } from '@/features/memberships/components/access-page';
import { WhichMembership } from '@/features/memberships/components/which-membership';
import { countSentInvitations, findWanted, listMemberships } from '@/features/memberships/list.queries';
import { getUser } from '@/features/users/details.queries';
import { displayName } from '@/lib/names';
import { obstacleText } from '@/lib/obstacle-words';
import { firstOf, type SearchParams } from '@/lib/search-params';
import { type Can, orNotFound } from '@/server/work';

export type Props = { params: Promise<{ id: string }>; searchParams: Promise<SearchParams> };

export async function ending(can: Can<'users.read' | 'memberships.end'>, { params, searchParams }: Props, as: ShownAs) {
  const user = await orNotFound(getUser(can, (await params).id));
  const memberships = (await listMemberships(can, user.id)).filter(({ mayEnd }) => mayEnd);
  const membership = findWanted(memberships, firstOf(await searchParams, 'organization'));
  const name = displayName(user);
  const frame = { as, person: { id: user.id, name }, here: 'End membership' };
  if (!membership) {
    return (
      <AccessPage {...frame} title={`End a membership of ${name}`}>
        <WhichMembership path={`/users/${user.id}/access/membership/ending`} memberships={memberships} />
      </AccessPage>
    );
  }
  const { organization, obstacle } = membership;
  const sent = { userId: user.id, organizationId: organization.id };
  return (
    <AccessPage
      {...frame}
      title={`End the membership of ${name} in ${organization.name}`}
      reason={obstacle && obstacleText[obstacle]}
    >
      <EndMembershipForm
        person={{ id: user.id, name }}
        membership={membership}
        sentInvitations={await countSentInvitations(can, sent)}
        isLast={can.may('users.read', null) ? user.memberships.length === 1 : null}
      />
    </AccessPage>
  );
}

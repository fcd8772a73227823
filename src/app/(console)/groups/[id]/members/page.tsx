import type { Metadata } from 'next';
import { consolePage } from '@/app/(console)/console-page';
import { PageHeader } from '@/components/layout/page-header';
import { PageNotice } from '@/components/layout/page-notice';
import { MemberList } from '@/features/groups/components/member-list';
import { getGroup, membersIn } from '@/features/groups/list.queries';
import { findMembers } from '@/features/groups/members.queries';
import { countOf } from '@/lib/counts';
import { fieldLimits } from '@/lib/limits';
import { firstOf, type SearchParams } from '@/lib/search-params';
import { authorize, orNotFound } from '@/server/work';

export const metadata: Metadata = { title: 'People in a group' };

type Props = { params: Promise<{ id: string }>; searchParams: Promise<SearchParams> };

export default consolePage(GroupMembersPage);

async function GroupMembersPage({ params, searchParams }: Props) {
  const can = await authorize('groups.read', 'groups.update');
  const group = await orNotFound(getGroup(can, (await params).id));
  const query = await searchParams;
  const q = (firstOf(query, 'q') ?? '').trim().slice(0, fieldLimits.searchMaxChars);
  return (
    <>
      <PageHeader
        title={`People in ${group.name}`}
        description={`${countOf(membersIn(group), 'person', 'people')}. They have its roles from their next click on.`}
        breadcrumbs={[
          { label: 'Groups', href: '/groups' },
          { label: group.name, href: `/groups/${group.id}` },
          { label: 'People' },
        ]}
      />
      <PageNotice searchParams={query} />
      <MemberList groupId={group.id} readerId={can.actor.id} q={q} {...(await findMembers(can, group, q))} />
    </>
  );
}

import type { Metadata } from 'next';
import { consolePage } from '@/app/(console)/console-page';
import { PageHeader } from '@/components/layout/page-header';
import { PageNotice } from '@/components/layout/page-notice';
import { RecordColumns } from '@/components/layout/record';
import { LinkButton } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { DescriptionList } from '@/components/ui/description-list';
import { TextLink } from '@/components/ui/text-link';
import { allowedOn } from '@/features/groups/allowed.policy';
import { type GroupDetail, getGroup, peopleIn } from '@/features/groups/list.queries';
import { countOf } from '@/lib/counts';
import type { SearchParams } from '@/lib/search-params';
import { authorize, type Can, orNotFound } from '@/server/work';
import { RecentPart } from '../../recent-part';

export const metadata: Metadata = { title: 'Group' };

type Props = { params: Promise<{ id: string }>; searchParams: Promise<SearchParams> };

export default consolePage(GroupPage);

async function GroupPage({ params, searchParams }: Props) {
  const can = await authorize('groups.read');
  const group = await orNotFound(getGroup(can, (await params).id));
  return (
    <>
      <PageHeader
        title={group.name}
        description={group.description}
        breadcrumbs={[{ label: 'Groups', href: '/groups' }, { label: group.name }]}
        secondary={<Actions can={can} group={group} />}
      />
      <PageNotice searchParams={await searchParams} />
      <RecordColumns panel={<RecentPart can={can} about={{ subject: group.id }} href={`/audit?subject=${group.id}`} />}>
        <Card title="Roles of everybody in this group">
          {group.roles.length === 0 && <p className="text-ink-soft">None. Being in this group grants nothing.</p>}
          <ul className="flex flex-col gap-2">
            {group.roles.map((role) => (
              <li key={role.key}>
                <TextLink href={`/roles/${role.key}`}>{role.name}</TextLink>
                <span className="block text-ink-soft text-xs">{role.description}</span>
              </li>
            ))}
          </ul>
        </Card>
        <Card title="About">
          <DescriptionList
            items={[
              { term: 'People', value: <People can={can} group={group} /> },
              {
                term: 'Belongs to',
                value: group.organization?.name ?? 'The whole platform',
                hint: 'Its roles apply there.',
              },
            ]}
          />
        </Card>
      </RecordColumns>
    </>
  );
}

function People({ can, group }: { can: Can; group: GroupDetail }) {
  if (group.people === 0) return 'Nobody yet';
  const words = countOf(peopleIn(group), 'person', 'people');
  return can.may('users.read', group.organizationId) ? (
    <TextLink href={`/users?group=${group.id}`}>{words}</TextLink>
  ) : (
    words
  );
}

function Actions({ can, group }: { can: Can; group: GroupDetail }) {
  const { id } = group;
  const may = allowedOn(can, group);
  return (
    <>
      {may.delete && (
        <LinkButton href={`/groups/${id}/deletion`} icon="trash">
          Delete
        </LinkButton>
      )}
      {may.people && (
        <LinkButton href={`/groups/${id}/members`} icon="users">
          Add or remove people
        </LinkButton>
      )}
      {may.edit && (
        <LinkButton href={`/groups/${id}/edit`} icon="pencil" data-shortcut="e">
          Edit
        </LinkButton>
      )}
    </>
  );
}

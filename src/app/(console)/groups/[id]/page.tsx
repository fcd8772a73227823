import type { Metadata } from 'next';
import { consolePage } from '@/app/(console)/console-page';
import { PageHeader } from '@/components/layout/page-header';
import { RecordColumns } from '@/components/layout/record';
import { LinkButton } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { TextLink } from '@/components/ui/text-link';
import { getGroup } from '@/features/groups/list.queries';
import { authorize, orNotFound } from '@/server/work';
import { RecentPart } from '../../recent-part';

export const metadata: Metadata = { title: 'Group' };

export default consolePage(GroupPage);

async function GroupPage({ params }: { params: Promise<{ id: string }> }) {
  const can = await authorize('groups.read');
  const group = await orNotFound(getGroup(can, (await params).id));
  return (
    <>
      <PageHeader
        title={group.name}
        description={
          group.description ||
          (group.organization ? `Belongs to ${group.organization.name}.` : 'Belongs to the platform.')
        }
        breadcrumbs={[{ label: 'Groups', href: '/groups' }, { label: group.name }]}
        secondary={can.may('users.read') && <LinkButton href={`/users?group=${group.id}`}>Who is in it</LinkButton>}
      />
      <RecordColumns panel={<RecentPart can={can} about={{ subject: group.id }} href={`/audit?subject=${group.id}`} />}>
        <Card title="Roles of everybody in this group">
          {group.roles.length === 0 && <p className="text-ink-soft">None. Being in this group grants nothing.</p>}
          <ul className="flex flex-col gap-2">
            {group.roles.map((role) => (
              <li key={role.key}>
                <TextLink href={`/roles/${role.key}`}>{role.name}</TextLink>
                <span className="block text-xs text-ink-soft">{role.description}</span>
              </li>
            ))}
          </ul>
        </Card>
      </RecordColumns>
    </>
  );
}

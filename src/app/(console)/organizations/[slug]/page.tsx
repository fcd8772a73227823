import type { Metadata } from 'next';
import { consolePage } from '@/app/(console)/console-page';
import { PageHeader } from '@/components/layout/page-header';
import { RecordColumns } from '@/components/layout/record';
import { Badge } from '@/components/ui/badge';
import { LinkButton } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { DescriptionList } from '@/components/ui/description-list';
import { TextLink } from '@/components/ui/text-link';
import { Time } from '@/components/ui/time';
import { organizationSignInAddress } from '@/features/account/sign-in.policy';
import { countMembers, getOrganization, memberCountLimit } from '@/features/organizations/list.queries';
import { boundedCount, countOf } from '@/lib/counts';
import { authorize, type Can, orNotFound } from '@/server/work';
import { RecentPart } from '../../recent-part';

export const metadata: Metadata = { title: 'Organization' };

export default consolePage(OrganizationPage);

async function OrganizationPage({ params }: { params: Promise<{ slug: string }> }) {
  const can = await authorize('organizations.read');
  const organization = await orNotFound(getOrganization(can, (await params).slug));
  const isActive = organization.status === 'active';
  const people = await countMembers(can, organization.id);
  return (
    <>
      <PageHeader
        title={organization.name}
        status={
          <Badge tone={isActive ? 'good' : 'neutral'} dot>
            {isActive ? 'Active' : 'Inactive'}
          </Badge>
        }
        breadcrumbs={[{ label: 'Organizations', href: '/organizations' }, { label: organization.name }]}
        secondary={
          can.may('users.read', organization.id) && (
            <LinkButton href={`/users?organization=${organization.slug}`}>Its people</LinkButton>
          )
        }
        primary={isActive && <AddPerson can={can} organization={organization} />}
      />
      <RecordColumns
        panel={
          <RecentPart
            can={can}
            about={{ organization: organization.slug }}
            href={`/audit?organization=${organization.slug}`}
          />
        }
      >
        <Card title="About">
          <DescriptionList
            items={[
              ...(people === null
                ? []
                : [{ term: 'People', value: <People count={people} slug={organization.slug} /> }]),
              { term: 'Slug', value: <code>{organization.slug}</code> },
              {
                term: 'Sign-in address',
                value: <code className="select-all">{organizationSignInAddress(organization.slug)}</code>,
                hint: isActive
                  ? 'A sign-in page with its name. Share it with its people.'
                  : 'Closed while the organization is inactive.',
              },
              {
                term: 'Created',
                value: <Time at={organization.createdAt} timeZone={can.timeZone} />,
              },
            ]}
          />
        </Card>
        <Card title="Teams">
          {organization.teams.length === 0 && <p className="text-ink-soft">No teams yet.</p>}
          <ul className="flex flex-col gap-2">
            {organization.teams.map((team) => (
              <li key={team.id} className="flex justify-between gap-4">
                {team.name}
                <span className="text-ink-soft">{countOf(team.members, 'person', 'people')}</span>
              </li>
            ))}
          </ul>
        </Card>
      </RecordColumns>
    </>
  );
}

function People({ count, slug }: { count: number; slug: string }) {
  const words = countOf(boundedCount(count, memberCountLimit), 'person', 'people');
  return count === 0 ? 'Nobody yet' : <TextLink href={`/users?organization=${slug}`}>{words}</TextLink>;
}

function AddPerson({ can, organization }: { can: Can; organization: { id: string; slug: string } }) {
  if (can.may('memberships.create', null)) {
    return (
      <LinkButton href={`/organizations/${organization.slug}/people/new`} tone="primary" icon="user-plus">
        Add person
      </LinkButton>
    );
  }
  if (!can.may('users.invite', organization.id)) return null;
  return (
    <LinkButton href={`/users/new?organization=${organization.id}`} tone="primary" icon="user-plus">
      Invite person
    </LinkButton>
  );
}

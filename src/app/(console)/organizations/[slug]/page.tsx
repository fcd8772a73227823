import type { Metadata } from 'next';
import { consolePage } from '@/app/(console)/console-page';
import { PageHeader } from '@/components/layout/page-header';
import { PageNotice } from '@/components/layout/page-notice';
import { RecordColumns } from '@/components/layout/record';
import { LinkButton } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { DescriptionList } from '@/components/ui/description-list';
import { Notice } from '@/components/ui/notice';
import { Status, statusLook } from '@/components/ui/status';
import { TextLink } from '@/components/ui/text-link';
import { Time } from '@/components/ui/time';
import { organizationSignInAddress } from '@/features/account/sign-in.policy';
import { allowedOn } from '@/features/organizations/allowed.policy';
import {
  countMembers,
  getOrganization,
  memberCountLimit,
  type OrganizationDetail,
} from '@/features/organizations/list.queries';
import { boundedCount, countOf } from '@/lib/counts';
import type { SearchParams } from '@/lib/search-params';
import { authorize, type Can, orNotFound } from '@/server/work';
import { RecentPart } from '../../recent-part';

export const metadata: Metadata = { title: 'Organization' };

export default consolePage(OrganizationPage);

type Props = { params: Promise<{ slug: string }>; searchParams: Promise<SearchParams> };

async function OrganizationPage({ params, searchParams }: Props) {
  const can = await authorize('organizations.read');
  const organization = await orNotFound(getOrganization(can, (await params).slug));
  const isActive = organization.status === 'active';
  const people = await countMembers(can, organization.id);
  return (
    <>
      <PageHeader
        title={organization.name}
        status={<Status {...statusLook(organization.status)} />}
        breadcrumbs={[{ label: 'Organizations', href: '/organizations' }, { label: organization.name }]}
        secondary={<Actions can={can} organization={organization} />}
        primary={isActive && <AddUser can={can} organization={organization} />}
      />
      <PageNotice searchParams={await searchParams} />
      {organization.status === 'inactive' && (
        <div className="mb-5">
          <Notice tone="warn" title={`${organization.name} is inactive`}>
            Its roles and groups grant nothing, and nobody can be added to it. Everything is kept.
          </Notice>
        </div>
      )}
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

type ActionsProps = { can: Can; organization: Pick<OrganizationDetail, 'id' | 'slug' | 'status'> };

function Actions({ can, organization }: ActionsProps) {
  const { slug } = organization;
  const isActive = organization.status === 'active';
  const may = allowedOn(can, organization);
  return (
    <>
      {may.people && <LinkButton href={`/users?organization=${slug}`}>Its people</LinkButton>}
      {isActive && can.may('memberships.create', null) && (
        <LinkButton href={`/organizations/${slug}/people/new`}>Add existing user</LinkButton>
      )}
      {(may.deactivate || may.reactivate) && (
        <LinkButton href={`/organizations/${slug}/deactivation`} icon={isActive ? 'ban' : 'rotate-ccw'}>
          {isActive ? 'Deactivate' : 'Reactivate'}
        </LinkButton>
      )}
      {may.edit && (
        <LinkButton href={`/organizations/${slug}/edit`} icon="pencil" data-shortcut="e">
          Edit
        </LinkButton>
      )}
    </>
  );
}

function AddUser({ can, organization }: { can: Can; organization: { id: string } }) {
  if (!can.may('users.invite', organization.id)) return null;
  return (
    <LinkButton href={`/users/new?organization=${organization.id}`} tone="primary" icon="user-plus">
      Add user
    </LinkButton>
  );
}

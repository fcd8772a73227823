import type { Metadata } from 'next';
import { consolePage } from '@/app/(console)/console-page';
import { PageHeader } from '@/components/layout/page-header';
import { LinkButton } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import { PersonSearch } from '@/features/memberships/components/person-search';
import { mayJoinSeveral } from '@/features/memberships/one-organization.policy';
import { findPeople } from '@/features/memberships/options.queries';
import { getOrganization } from '@/features/organizations/list.queries';
import { firstOf, type SearchParams } from '@/lib/search-params';
import { authorize, orNotFound } from '@/server/work';

export const metadata: Metadata = { title: 'Add existing user' };

type Props = { params: Promise<{ slug: string }>; searchParams: Promise<SearchParams> };

export default consolePage(AddExistingUserPage);

async function AddExistingUserPage({ params, searchParams }: Props) {
  const can = await authorize('organizations.read', 'memberships.create');
  const organization = await orNotFound(getOrganization(can, (await params).slug));
  const q = (firstOf(await searchParams, 'q') ?? '').trim();
  const path = `/organizations/${organization.slug}`;
  const isActive = organization.status === 'active';
  return (
    <>
      <PageHeader
        title={`Add existing user to ${organization.name}`}
        description="For a person who already has an account. Add anybody else as a new user."
        breadcrumbs={[
          { label: 'Organizations', href: '/organizations' },
          { label: organization.name, href: path },
          { label: 'Add existing user' },
        ]}
        secondary={
          isActive &&
          can.may('users.invite', organization.id) && (
            <LinkButton href={`/users/new?organization=${organization.id}`} icon="user-plus">
              Add user
            </LinkButton>
          )
        }
      />
      {isActive ? (
        <PersonSearch
          path={`${path}/people/new`}
          slug={organization.slug}
          q={q}
          maySeveral={mayJoinSeveral()}
          {...(await findPeople(can, organization.id, q))}
        />
      ) : (
        <Notice tone="warn" title="This is not possible here" action={<LinkButton href={path}>Back</LinkButton>}>
          {organization.name} is not active, so nobody can be added.
        </Notice>
      )}
    </>
  );
}

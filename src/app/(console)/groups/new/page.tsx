import type { Metadata } from 'next';
import { consolePage } from '@/app/(console)/console-page';
import { PageHeader } from '@/components/layout/page-header';
import { EmptyState } from '@/components/ui/empty-state';
import { TextLink } from '@/components/ui/text-link';
import { NewGroupForm } from '@/features/groups/components/group-form';
import { OwnerChoice } from '@/features/groups/components/owner-choice';
import { findOwner, findOwners } from '@/features/groups/owners.queries';
import { roleChoices } from '@/features/memberships/options.queries';
import { firstOf, type SearchParams } from '@/lib/search-params';
import { authorize, type Can } from '@/server/work';

export const metadata: Metadata = { title: 'New group' };

export default consolePage(NewGroupPage);

async function NewGroupPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const can = await authorize('groups.read', 'groups.create');
  const params = await searchParams;
  const q = (firstOf(params, 'q') ?? '').trim();
  const found = await findOwners(can, q);
  const owner = await wantedOwner(can, params, found);
  const isOnly = q === '' && found.owners.length === 1;
  return (
    <>
      <PageHeader
        title="New group"
        description={
          owner ? (
            <>
              {owner.id === null ? 'Its roles apply on the whole platform.' : `Its roles apply in ${owner.name}.`}{' '}
              {!isOnly && <TextLink href="/groups/new?choose=yes">Choose where it belongs</TextLink>}
            </>
          ) : (
            'Choose where it belongs: its roles apply there.'
          )
        }
        breadcrumbs={[{ label: 'Groups', href: '/groups' }, { label: 'New group' }]}
      />
      {owner ? (
        <NewGroupForm organization={owner.slug} roles={await roleChoices(can, owner.id, [])} />
      ) : q === '' && found.owners.length === 0 ? (
        <EmptyState kind="not-allowed" title="No organization to make a group in">
          The organizations in which you manage groups are inactive. Ask a System Admin.
        </EmptyState>
      ) : (
        <OwnerChoice q={q} {...found} />
      )}
    </>
  );
}

/** The one the address names, or the platform, or the only one. Null to choose first. */
async function wantedOwner(
  can: Can<'groups.create'>,
  params: SearchParams,
  { owners }: Awaited<ReturnType<typeof findOwners>>,
) {
  const slug = firstOf(params, 'organization');
  if (slug !== undefined) return findOwner(can, slug);
  if (firstOf(params, 'choose') !== undefined) return null;
  return (await findOwner(can, '')) ?? (owners.length === 1 ? (owners[0] ?? null) : null);
}

import type { Metadata } from 'next';
import { consolePage } from '@/app/(console)/console-page';
import { PageHeader } from '@/components/layout/page-header';
import { PageNotice } from '@/components/layout/page-notice';
import { type Column, DataTable } from '@/components/table/data-table';
import { FilterBar } from '@/components/table/filter-bar';
import { fitting } from '@/components/table/fitting';
import { ListEmpty } from '@/components/table/list-empty';
import { Pager } from '@/components/table/pager';
import type { RowAction } from '@/components/table/table-data';
import { timeValue } from '@/components/table/values';
import { LinkButton } from '@/components/ui/button';
import { statusLook } from '@/components/ui/status';
import { allowedOn } from '@/features/organizations/allowed.policy';
import { listOrganizations, memberCountLimit, type OrganizationRow } from '@/features/organizations/list.queries';
import { organizationStatuses, readOrganizationList } from '@/features/organizations/list.schema';
import { boundedCount, formatCount } from '@/lib/counts';
import { pageLinks } from '@/lib/list-links';
import { nameCursor } from '@/lib/list-params';
import type { SearchParams } from '@/lib/search-params';
import { authorize } from '@/server/work';

export const metadata: Metadata = { title: 'Organizations' };

function columnsFor(timeZone: string, now: Date): Column<OrganizationRow>[] {
  return [
    { key: 'name', header: 'Organization', kind: 'link', value: (row) => ({ text: row.name }) },
    { key: 'slug', header: 'Slug', kind: 'text', value: (row) => row.slug },
    { key: 'status', header: 'Status', kind: 'status', value: (row) => statusLook(row.status) },
    {
      key: 'members',
      header: 'People',
      kind: 'number',
      value: (row) => formatCount(boundedCount(row.members, memberCountLimit)),
    },
    { key: 'created', header: 'Created', kind: 'time', value: (row) => timeValue(row.createdAt, { timeZone, now }) },
  ];
}

const statusFilter = {
  kind: 'many' as const,
  name: 'status',
  label: 'Status',
  options: organizationStatuses.map((status) => ({
    value: status,
    label: status === 'active' ? 'Active' : 'Inactive',
  })),
};

/** In the order of the menu. */
const actions = {
  view: { label: 'View', icon: 'eye' },
  people: { label: 'Its people', icon: 'users', href: '/users?organization={ref}' },
  edit: { label: 'Edit', icon: 'pencil', href: '/organizations/{ref}/edit', shortcut: 'e' },
  deactivate: { label: 'Deactivate', icon: 'ban', tone: 'bad', href: '/organizations/{ref}/deactivation' },
  reactivate: { label: 'Reactivate', icon: 'rotate-ccw', href: '/organizations/{ref}/deactivation' },
} satisfies Record<string, RowAction>;

export default consolePage(OrganizationsPage);

async function OrganizationsPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const can = await authorize('organizations.read');
  const { notice, ...params } = await searchParams;
  const { rows, previous, next } = await listOrganizations(can, readOrganizationList(params));
  const address = { path: '/organizations', params };
  const create = can.may('organizations.create') && (
    <LinkButton href="/organizations/new" tone="primary" icon="plus">
      New organization
    </LinkButton>
  );
  return (
    <>
      <PageHeader
        title="Organizations"
        description="Each has its own people, teams and admins. They cannot see other organizations."
        primary={create}
      />
      <PageNotice searchParams={{ notice }} />
      <FilterBar address={address} search={{ label: 'Find an organization' }} filters={[statusFilter]} />
      <DataTable
        caption="Organizations by name"
        columns={columnsFor(can.timeZone, new Date())}
        rows={rows}
        rowKey={(row) => row.id}
        rowLabel={(row) => row.name}
        rowHref={(row) => `/organizations/${row.slug}`}
        address={address}
        menu={{
          actions,
          of: (row) => fitting(actions, { view: true, ...allowedOn(can, row) }),
          ref: (row) => row.slug,
        }}
        empty={
          <ListEmpty
            address={address}
            narrowing={{ search: 'q', filters: ['status'] }}
            nothingMatches={{
              title: 'No organization matches',
              hint: 'Search for another part of the name, or remove the filter.',
            }}
            nothingYet={{
              title: 'No organizations yet',
              hint: create
                ? 'Create the first one, then invite its people. Until then, people can be invited to the platform itself.'
                : 'Until then, people can be invited to the platform itself.',
              action: create,
              icon: 'building',
            }}
          />
        }
      />
      <Pager
        {...pageLinks(address, rows.length, { previous: nameCursor(previous), next: nameCursor(next) })}
        shown={rows.length}
        noun={['organization', 'organizations']}
        labels={['Previous', 'Next']}
      />
    </>
  );
}

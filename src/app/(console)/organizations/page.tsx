import type { Metadata } from 'next';
import { consolePage } from '@/app/(console)/console-page';
import { PageHeader } from '@/components/layout/page-header';
import { type Column, DataTable } from '@/components/table/data-table';
import { FilterBar } from '@/components/table/filter-bar';
import { ListEmpty } from '@/components/table/list-empty';
import { Pager } from '@/components/table/pager';
import { timeValue } from '@/components/table/values';
import { statusLook } from '@/components/ui/status';
import { listOrganizations, memberCountLimit, type OrganizationRow } from '@/features/organizations/list.queries';
import { boundedCount, formatCount } from '@/lib/counts';
import { pageLinks } from '@/lib/list-links';
import { nameCursor } from '@/lib/list-params';
import { readNameList } from '@/lib/name-list';
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

export default consolePage(OrganizationsPage);

async function OrganizationsPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const can = await authorize('organizations.read');
  const params = await searchParams;
  const { rows, previous, next } = await listOrganizations(can, readNameList(params));
  const address = { path: '/organizations', params };
  return (
    <>
      <PageHeader
        title="Organizations"
        description="Each has its own people, teams and admins. They cannot see other organizations."
      />
      <FilterBar address={address} search={{ label: 'Find an organization' }} />
      <DataTable
        caption="Organizations by name"
        columns={columnsFor(can.timeZone, new Date())}
        rows={rows}
        rowKey={(row) => row.id}
        rowLabel={(row) => row.name}
        rowHref={(row) => `/organizations/${row.slug}`}
        address={address}
        empty={
          <ListEmpty
            address={address}
            narrowing={{ search: 'q' }}
            nothingMatches={{ title: 'No organization matches', hint: 'Search for another part of the name.' }}
            nothingYet={{
              title: 'No organizations yet',
              hint: 'Until then, people can be invited to the platform itself.',
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

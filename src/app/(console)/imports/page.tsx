import type { Metadata } from 'next';
import { consolePage } from '@/app/(console)/console-page';
import { PageHeader } from '@/components/layout/page-header';
import { PageNotice } from '@/components/layout/page-notice';
import { type Column, DataTable } from '@/components/table/data-table';
import { FilterBar } from '@/components/table/filter-bar';
import { ListEmpty } from '@/components/table/list-empty';
import { Pager } from '@/components/table/pager';
import { timeValue } from '@/components/table/values';
import { LinkButton } from '@/components/ui/button';
import { importLook } from '@/features/imports/components/import-look';
import { type ImportRowView, listImports } from '@/features/imports/list.queries';
import { importStates, readImportsFilter } from '@/features/imports/list.schema';
import { formatCount } from '@/lib/counts';
import { pageLinks } from '@/lib/list-links';
import type { SearchParams } from '@/lib/search-params';
import { authorize } from '@/server/work';

export const metadata: Metadata = { title: 'Imports' };

function columnsFor(timeZone: string, now: Date): Column<ImportRowView>[] {
  return [
    { key: 'file', header: 'File', kind: 'link', value: (row) => ({ text: row.fileName }) },
    { key: 'state', header: 'State', kind: 'status', value: importLook },
    { key: 'rows', header: 'Rows', kind: 'number', value: (row) => formatCount(row.rowCount) },
    { key: 'found', header: 'Create · update', kind: 'number', value: foundOf },
    { key: 'organization', header: 'Organization', kind: 'text', value: (row) => row.organization ?? 'Platform' },
    { key: 'by', header: 'By', kind: 'text', value: (row) => row.byName },
    { key: 'when', header: 'When', kind: 'time', value: (row) => timeValue(row.createdAt, { timeZone, now }) },
  ];
}

function foundOf({ counts, state, isDiscarded }: ImportRowView): string | null {
  if (state === 'preparing' || state === 'failed' || isDiscarded) return null;
  return `${formatCount(counts.create ?? 0)} · ${formatCount(counts.update ?? 0)}`;
}

export default consolePage(ImportsPage);

async function ImportsPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const can = await authorize('users.import');
  const params = await searchParams;
  const { rows, previous, next } = await listImports(can, readImportsFilter(params));
  const address = { path: '/imports', params };
  const upload = (
    <LinkButton href="/imports/new" tone="primary" icon="upload">
      Import users
    </LinkButton>
  );
  return (
    <>
      <PageHeader title="Imports" description="CSV files that add or update people." primary={upload} />
      <PageNotice searchParams={params} />
      <FilterBar
        address={address}
        search={{ label: 'Find a file' }}
        filters={[
          {
            kind: 'one',
            name: 'state',
            label: 'State',
            options: Object.entries(importStates).map(([value, label]) => ({ value, label })),
          },
        ]}
      />
      <DataTable
        caption="Imports, newest first"
        columns={columnsFor(can.timeZone, new Date())}
        rows={rows}
        rowKey={(row) => row.id}
        rowLabel={(row) => row.fileName}
        rowHref={(row) => `/imports/${row.id}`}
        address={address}
        empty={
          <ListEmpty
            address={address}
            narrowing={{ search: 'q', filters: ['state'] }}
            nothingMatches={{ title: 'No import matches', hint: 'Search for a different part of the file name.' }}
            nothingYet={{
              title: 'No imports yet',
              hint: 'Upload a CSV file. You see what each row would do before anything changes.',
              action: upload,
            }}
          />
        }
      />
      <Pager
        {...pageLinks(address, rows.length, { previous: previous?.id ?? null, next: next?.id ?? null })}
        shown={rows.length}
        noun={['import', 'imports']}
      />
    </>
  );
}

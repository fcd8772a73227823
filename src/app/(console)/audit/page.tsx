import type { Metadata } from 'next';
import { consolePage } from '@/app/(console)/console-page';
import { PageHeader } from '@/components/layout/page-header';
import { FilterBar } from '@/components/table/filter-bar';
import { Pager } from '@/components/table/pager';
import { AuditTable } from '@/features/audit/components/audit-table';
import { listAuditActions, listAuditEvents } from '@/features/audit/queries';
import { readAuditFilter } from '@/features/audit/schema';
import { ExportLink } from '@/features/exports/components/export-link';
import { actionWords } from '@/lib/audit-words';
import { firstOf, hrefWith, type SearchParams } from '@/lib/search-params';
import { authorize } from '@/server/work';

export const metadata: Metadata = { title: 'Audit log' };

const filterNames = ['actor', 'subject', 'action', 'organization', 'timeFrom', 'timeTo'];

export default consolePage(AuditPage);

async function AuditPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const can = await authorize('audit.read');
  const params = await searchParams;
  const filter = readAuditFilter(params);
  const [{ rows, previous, next }, actions] = await Promise.all([listAuditEvents(can, filter), listAuditActions(can)]);
  const address = { path: '/audit', params };
  const isFiltered = filterNames.some((name) => firstOf(params, name));
  return (
    <>
      <PageHeader
        title="Audit log"
        description="Every change, who made it and when. Nothing here can be edited."
        secondary={<ExportLink address={address} />}
      />
      <FilterBar
        address={address}
        search={{
          name: 'subject',
          label: 'Person it was done to',
          placeholder: 'Address of the person it was done to',
        }}
        filters={[
          {
            kind: 'one',
            name: 'action',
            label: 'Action',
            options: actions.map((action) => ({ value: action, label: actionWords(action) })),
          },
          { kind: 'text', name: 'actor', label: 'By', hint: 'Address of who did it' },
          { kind: 'text', name: 'organization', label: 'Organization', hint: 'Its slug, such as acme' },
          { kind: 'dates', name: 'time', label: 'When' },
        ]}
      />
      <AuditTable rows={rows} address={address} timeZone={can.preference.timeZone ?? 'UTC'} isFiltered={isFiltered} />
      <Pager
        newerHref={previous && hrefWith(address, { before: previous.id })}
        olderHref={next && hrefWith(address, { after: next.id })}
        shown={rows.length}
        count={previous || next ? { atLeast: rows.length } : rows.length}
        noun={['event', 'events']}
      />
    </>
  );
}

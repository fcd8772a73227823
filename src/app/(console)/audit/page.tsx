import type { Metadata } from 'next';
import { consolePage } from '@/app/(console)/console-page';
import { PageHeader } from '@/components/layout/page-header';
import { FilterBar } from '@/components/table/filter-bar';
import { Pager } from '@/components/table/pager';
import { LinkButton } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { AuditTable } from '@/features/audit/components/audit-table';
import { mostInvolved } from '@/features/audit/involved.queries';
import { listAuditActions, listAuditEvents } from '@/features/audit/list.queries';
import { readAuditFilter } from '@/features/audit/list.schema';
import { ExportLink } from '@/features/exports/components/export-link';
import { actionWords } from '@/lib/audit-actions';
import { clearing, pageLinks } from '@/lib/list-links';
import type { Address, SearchParams } from '@/lib/search-params';
import { authorize } from '@/server/work';

export const metadata: Metadata = { title: 'Audit log' };

const narrowing = { search: 'q', filters: ['action', 'actor', 'subject', 'organization', 'timeFrom', 'timeTo'] };

export default consolePage(AuditPage);

async function AuditPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const can = await authorize('audit.read');
  const params = await searchParams;
  const filter = readAuditFilter(params);
  const [{ rows, previous, next, isTooMany }, actions] = await Promise.all([
    listAuditEvents(can, filter),
    listAuditActions(can),
  ]);
  // Shows the action's current name even if a saved address has an earlier one.
  const address = { path: '/audit', params: { ...params, ...(filter.action && { action: filter.action }) } };
  return (
    <>
      <PageHeader
        title="Audit log"
        description="Every change, who made it and when. Nothing here can be edited."
        secondary={<ExportLink address={address} />}
      />
      <FilterBar
        address={address}
        search={{ label: 'Search by person', placeholder: 'Name or address' }}
        filters={[
          {
            kind: 'one',
            name: 'action',
            label: 'Action',
            options: actions.map((action) => ({ value: action, label: actionWords(action) })),
          },
          { kind: 'text', name: 'actor', label: 'By', hint: 'Name or address of the person who did it' },
          { kind: 'text', name: 'subject', label: 'To whom or what', hint: 'Name or address of what was changed' },
          { kind: 'text', name: 'organization', label: 'Organization', hint: 'Its slug, such as acme' },
          { kind: 'dates', name: 'time', label: 'When' },
        ]}
      />
      {isTooMany ? (
        <TooMany address={address} />
      ) : (
        <AuditTable rows={rows} address={address} timeZone={can.timeZone} narrowing={narrowing} />
      )}
      <Pager
        {...pageLinks(address, rows.length, { previous: previous?.id ?? null, next: next?.id ?? null })}
        shown={rows.length}
        noun={['event', 'events']}
      />
    </>
  );
}

function TooMany({ address }: { address: Address }) {
  const clear = clearing(address, narrowing);
  return (
    <EmptyState
      kind="nothing-matches"
      title={`More than ${mostInvolved} people or records match`}
      action={clear && <LinkButton href={clear.href}>{clear.words}</LinkButton>}
    >
      Type more of the name or address, such as a first and a last name.
    </EmptyState>
  );
}

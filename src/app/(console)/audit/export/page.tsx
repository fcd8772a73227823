import type { Metadata } from 'next';
import { consolePage } from '@/app/(console)/console-page';
import { PageHeader } from '@/components/layout/page-header';
import { eventListing } from '@/features/exports/audit-log.queries';
import { ExportForm } from '@/features/exports/components/export-form';
import { fieldsFor } from '@/features/exports/reach.policy';
import type { SearchParams } from '@/lib/search-params';
import { authorize } from '@/server/work';

export const metadata: Metadata = { title: eventListing.title };

export default consolePage(ExportAuditPage);

async function ExportAuditPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const can = await authorize('audit.read');
  const params = await searchParams;
  const { count } = await eventListing.prepare(can, params);
  const fields = fieldsFor(can, eventListing.fields);
  return (
    <>
      <PageHeader
        title={eventListing.title}
        breadcrumbs={[{ label: 'Audit log', href: '/audit' }, { label: 'Export' }]}
      />
      <ExportForm listing={eventListing} fields={fields} count={count} params={params} />
    </>
  );
}

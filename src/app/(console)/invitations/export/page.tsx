import type { Metadata } from 'next';
import { consolePage } from '@/app/(console)/console-page';
import { PageHeader } from '@/components/layout/page-header';
import { ExportForm } from '@/features/exports/components/export-form';
import { invitationListing } from '@/features/exports/invitations.queries';
import { fieldsFor } from '@/features/exports/reach.policy';
import type { SearchParams } from '@/lib/search-params';
import { authorize } from '@/server/work';

export const metadata: Metadata = { title: invitationListing.title };

export default consolePage(ExportInvitationsPage);

async function ExportInvitationsPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const can = await authorize('invitations.read', 'users.export');
  const params = await searchParams;
  const { count } = await invitationListing.prepare(can, params);
  const fields = fieldsFor(can, invitationListing.fields);
  return (
    <>
      <PageHeader
        title={invitationListing.title}
        breadcrumbs={[{ label: 'Invitations', href: '/invitations' }, { label: 'Export' }]}
      />
      <ExportForm listing={invitationListing} fields={fields} count={count} params={params} />
    </>
  );
}

import type { Metadata } from 'next';
import { consolePage } from '@/app/(console)/console-page';
import { PageHeader } from '@/components/layout/page-header';
import { ExportForm } from '@/features/exports/components/export-form';
import { fieldsFor } from '@/features/exports/reach.policy';
import { peopleListing } from '@/features/exports/users.queries';
import type { SearchParams } from '@/lib/search-params';
import { authorize } from '@/server/work';

export const metadata: Metadata = { title: peopleListing.title };

export default consolePage(ExportUsersPage);

async function ExportUsersPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const can = await authorize('users.read', 'users.export');
  const params = await searchParams;
  const { count } = await peopleListing.prepare(can, params);
  const fields = fieldsFor(can, peopleListing.fields);
  return (
    <>
      <PageHeader title={peopleListing.title} breadcrumbs={[{ label: 'Users', href: '/users' }, { label: 'Export' }]} />
      <ExportForm listing={peopleListing} fields={fields} count={count} params={params} />
    </>
  );
}

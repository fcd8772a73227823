import type { Metadata } from 'next';
import { consolePage } from '@/app/(console)/console-page';
import { PageHeader } from '@/components/layout/page-header';
import { UploadForm, UploadGuide } from '@/features/imports/components/upload-form';
import { importableOrganizations } from '@/features/imports/queries';
import { isUploadProblem, uploadProblems } from '@/features/imports/staging/schema';
import { firstOf, type SearchParams } from '@/lib/search-params';
import { authorize } from '@/server/work';

export const metadata: Metadata = { title: 'Import people' };

export default consolePage(NewImportPage);

async function NewImportPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const can = await authorize('users.import');
  const code = firstOf(await searchParams, 'problem');
  const known = isUploadProblem(code) ? uploadProblems[code] : uploadProblems.interrupted;
  const organizations = can.scope('users.import').all ? [] : await importableOrganizations(can);
  return (
    <>
      <PageHeader
        title="Import people"
        breadcrumbs={[{ label: 'Imports', href: '/imports' }, { label: 'Import people' }]}
      />
      <div className="flex flex-col gap-6">
        <UploadGuide />
        <UploadForm problem={code ? known : null} organizations={organizations} />
      </div>
    </>
  );
}

import type { Metadata } from 'next';
import { consolePage } from '@/app/(console)/console-page';
import { PageHeader } from '@/components/layout/page-header';
import { FindOrganization, findOrganization } from '@/features/imports/components/find-organization';
import { UploadForm, UploadGuide } from '@/features/imports/components/upload-form';
import { importableOrganizations } from '@/features/imports/form-options.queries';
import { isUploadProblem, uploadProblems } from '@/features/imports/staging.schema';
import { firstOf, type SearchParams } from '@/lib/search-params';
import { authorize } from '@/server/work';

export const metadata: Metadata = { title: 'Import users' };

export default consolePage(NewImportPage);

async function NewImportPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const can = await authorize('users.import');
  const params = await searchParams;
  const code = firstOf(params, 'problem');
  const known = isUploadProblem(code) ? uploadProblems[code] : uploadProblems.interrupted;
  const choices = can.may('users.import', null)
    ? { organizations: [], isCut: false, find: '' }
    : await importableOrganizations(can, { typed: firstOf(params, findOrganization) });
  return (
    <>
      <PageHeader
        title="Import users"
        breadcrumbs={[{ label: 'Imports', href: '/imports' }, { label: 'Import users' }]}
      />
      <div className="flex flex-col gap-6">
        <UploadGuide />
        <FindOrganization path="/imports/new" choices={choices} />
        <UploadForm problem={code ? known : null} choices={choices} />
      </div>
    </>
  );
}

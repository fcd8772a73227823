import type { Metadata } from 'next';
import { consolePage } from '@/app/(console)/console-page';
import { PageHeader } from '@/components/layout/page-header';
import { PageNotice } from '@/components/layout/page-notice';
import { Status } from '@/components/ui/status';
import { sourceLabels } from '@/features/imports/columns.schema';
import { importLook } from '@/features/imports/components/import-look';
import { ImportStep } from '@/features/imports/components/import-step';
import { getImport } from '@/features/imports/details.queries';
import { isDiscarded } from '@/features/plans/owner.policy';
import { countOf } from '@/lib/counts';
import type { SearchParams } from '@/lib/search-params';
import { authorize, orNotFound } from '@/server/work';

export const metadata: Metadata = { title: 'Import' };

type Props = { params: Promise<{ id: string }>; searchParams: Promise<SearchParams> };

export default consolePage(ImportPage);

async function ImportPage({ params, searchParams }: Props) {
  const can = await authorize('users.import');
  const detail = await orNotFound(getImport(can, (await params).id));
  const { fileName, source, rowCount, isWhole, by, organization, plan } = detail;
  const search = await searchParams;
  const facts = [
    isWhole && `${countOf(rowCount, 'row', 'rows')} in ${sourceLabels[source]}`,
    by && `${isWhole ? 'uploaded' : 'Uploaded'} by ${by.name}`,
    organization && `for ${organization.name}`,
  ];
  return (
    <>
      <PageHeader
        title={fileName}
        status={
          <Status
            {...importLook({
              state: plan.state,
              isWhole,
              hasColumns: detail.params !== null,
              isDiscarded: isDiscarded(plan),
            })}
          />
        }
        description={facts.filter(Boolean).join(', ')}
        breadcrumbs={[{ label: 'Imports', href: '/imports' }, { label: fileName }]}
      />
      <PageNotice searchParams={search} />
      <ImportStep can={can} detail={detail} search={search} />
    </>
  );
}

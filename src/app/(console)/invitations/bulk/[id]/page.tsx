import type { Metadata } from 'next';
import { consolePage } from '@/app/(console)/console-page';
import { PageHeader } from '@/components/layout/page-header';
import { PageNotice } from '@/components/layout/page-notice';
import { planLook } from '@/components/ui/plan-look';
import { Status } from '@/components/ui/status';
import { BulkStep } from '@/features/invitations/bulk/components/bulk-step';
import { titles } from '@/features/invitations/bulk/components/words';
import { getBulk } from '@/features/invitations/bulk/plan.queries';
import type { SearchParams } from '@/lib/search-params';
import { authorize, orNotFound } from '@/server/work';

export const metadata: Metadata = { title: 'Bulk actions' };

type Props = { params: Promise<{ id: string }>; searchParams: Promise<SearchParams> };

export default consolePage(BulkPage);

async function BulkPage({ params, searchParams }: Props) {
  const can = await authorize('users.invite');
  const detail = await orNotFound(getBulk(can, (await params).id));
  const search = await searchParams;
  const title = titles[detail.params.action];
  return (
    <>
      <PageHeader
        title={title}
        description={`Chosen by ${detail.byName}`}
        breadcrumbs={[{ label: 'Invitations', href: '/invitations' }, { label: title }]}
        status={<Status {...planLook(detail.plan.state)} />}
      />
      <PageNotice searchParams={search} />
      <BulkStep can={can} detail={detail} search={search} />
    </>
  );
}

import type { Metadata } from 'next';
import { consolePage } from '@/app/(console)/console-page';
import { AccountFrame } from '@/features/account/components/account-frame';
import { ExportForm } from '@/features/account/components/personal-data-form';
import { firstOf, type SearchParams } from '@/lib/search-params';
import { authorize } from '@/server/work';

export const metadata: Metadata = { title: 'My data' };

export default consolePage(OwnFilePage);

async function OwnFilePage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const can = await authorize('account.own');
  const params = await searchParams;
  return (
    <AccountFrame can={can} current="/account/data" searchParams={params}>
      <ExportForm problem={firstOf(params, 'problem')} />
    </AccountFrame>
  );
}

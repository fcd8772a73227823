import type { Metadata } from 'next';
import { consolePage } from '@/app/(console)/console-page';
import { AccountFrame } from '@/features/account/components/account-frame';
import { PreferencesForm } from '@/features/account/components/preferences-form';
import type { SearchParams } from '@/lib/search-params';
import { authorize } from '@/server/work';

export const metadata: Metadata = { title: 'Preferences' };

export default consolePage(PreferencesPage);

async function PreferencesPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const can = await authorize('account.own');
  return (
    <AccountFrame can={can} current="/account/preferences" searchParams={await searchParams}>
      <PreferencesForm preference={can.preference} now={new Date()} />
    </AccountFrame>
  );
}

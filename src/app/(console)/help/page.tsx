import type { Metadata } from 'next';
import { consolePage } from '@/app/(console)/console-page';
import { GuideList } from '@/features/help/components/guide-list';
import { HelpFrame } from '@/features/help/components/help-frame';
import { Support } from '@/features/help/components/support';
import { listGuides } from '@/features/help/guides.queries';
import { fieldLimits } from '@/lib/limits';
import { firstOf, type SearchParams } from '@/lib/search-params';
import { viewer } from '@/server/viewer';
import { authorize } from '@/server/work';

export const metadata: Metadata = { title: 'Help' };

export default consolePage(HelpPage);

async function HelpPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  await authorize('public');
  const params = await searchParams;
  const search = firstOf(params, 'q')?.trim().slice(0, fieldLimits.searchMaxChars) ?? '';
  const reader = await viewer();
  return (
    <HelpFrame reader={reader}>
      <GuideList found={listGuides(reader, search)} search={search} isSignedIn={reader !== null} />
      <Support />
    </HelpFrame>
  );
}

import type { Metadata } from 'next';
import { consolePage } from '@/app/(console)/console-page';
import { TextLink } from '@/components/ui/text-link';
import { listOwnAccess } from '@/features/account/access.queries';
import { AccessList } from '@/features/account/components/access-list';
import { AccountFrame } from '@/features/account/components/account-frame';
import type { SearchParams } from '@/lib/search-params';
import { authorize } from '@/server/work';

export const metadata: Metadata = { title: 'What I may do' };

export default consolePage(OwnAccessPage);

async function OwnAccessPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const can = await authorize('account.own');
  const places = await listOwnAccess(can);
  return (
    <AccountFrame can={can} current="/account/access" searchParams={await searchParams}>
      <AccessList places={places} />
      <p className="mt-5 text-ink-soft">
        Need more, or less? <TextLink href="/help/whom-to-ask">See whom to ask</TextLink>.
      </p>
    </AccountFrame>
  );
}

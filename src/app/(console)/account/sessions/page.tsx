import type { Metadata } from 'next';
import { consolePage } from '@/app/(console)/console-page';
import { TextLink } from '@/components/ui/text-link';
import { AccountFrame } from '@/features/account/components/account-frame';
import { SessionList } from '@/features/account/components/session-list';
import { listOwnSessions } from '@/features/account/sessions.queries';
import type { SearchParams } from '@/lib/search-params';
import { authorize } from '@/server/work';

export const metadata: Metadata = { title: 'Where I am signed in' };

export default consolePage(SessionsPage);

async function SessionsPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const can = await authorize('account.own');
  const sessions = await listOwnSessions(can);
  return (
    <AccountFrame can={can} current="/account/sessions" searchParams={await searchParams}>
      <SessionList sessions={sessions} timeZone={can.timeZone} now={new Date()} />
      <p className="mt-4 text-ink-soft">
        A session ends after an hour without activity, and after a day at the latest. All attempts to sign in are listed
        under <TextLink href="/account/sign-ins">Sign-ins</TextLink>.
      </p>
    </AccountFrame>
  );
}

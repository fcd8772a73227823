import type { Metadata } from 'next';
import { consolePage } from '@/app/(console)/console-page';
import { Pager } from '@/components/table/pager';
import { AccountFrame } from '@/features/account/components/account-frame';
import { SignInTable } from '@/features/account/components/sign-in-table';
import { listOwnSignIns } from '@/features/account/sessions.queries';
import { signInPageSchema } from '@/features/account/sessions.schema';
import { hrefWith, type SearchParams } from '@/lib/search-params';
import { authorize } from '@/server/work';

export const metadata: Metadata = { title: 'Sign-ins' };

export default consolePage(SignInsPage);

async function SignInsPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const can = await authorize('account.own');
  const params = await searchParams;
  const place = signInPageSchema.parse(params);
  const { rows, previous, next } = await listOwnSignIns(can, place);
  const address = { path: '/account/sign-ins', params: {} };
  return (
    <AccountFrame can={can} current="/account/sign-ins" searchParams={params}>
      <p className="mb-4 max-w-prose text-ink-soft">
        Every attempt to sign in to your account. If one of them was not you, change your password and tell an admin.
      </p>
      <SignInTable rows={rows} address={address} timeZone={can.timeZone} />
      <Pager
        newerHref={previous && hrefWith(address, { before: previous.id })}
        olderHref={next && hrefWith(address, { after: next.id })}
        shown={rows.length}
        count={previous || next ? { atLeast: rows.length } : rows.length}
        noun={['attempt', 'attempts']}
      />
    </AccountFrame>
  );
}

import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { publicPage } from '@/app/(public)/public-page';
import { PageNotice } from '@/components/layout/page-notice';
import { PublicCard } from '@/components/layout/public-card';
import { Notice } from '@/components/ui/notice';
import { TextLink } from '@/components/ui/text-link';
import { SignInForm } from '@/features/account/components/sign-in-form';
import { landingPath } from '@/features/account/policy';
import { typedAddress } from '@/features/account/queries';
import { safePath } from '@/lib/redirects';
import { authorize, onlooker } from '@/server/work';

export const metadata: Metadata = { title: 'Sign in' };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default publicPage(SignInPage);

async function SignInPage({ searchParams }: Props) {
  const can = await authorize('public');
  const params = await searchParams;
  const next = safePath(params.next, '');
  const signedIn = can.actor && (await onlooker());
  if (signedIn) redirect(next || landingPath(signedIn));
  const refusal = refusals[String(params.error)];
  return (
    <PublicCard title="Sign in" footer={<TextLink href="/forgot-password">Forgot your password?</TextLink>}>
      <PageNotice searchParams={params} />
      {refusal && (
        <div className="mb-5">
          <Notice tone="bad" title={refusal.title}>
            {refusal.words}
          </Notice>
        </div>
      )}
      <SignInForm next={next} address={refusal ? await typedAddress() : ''} />
    </PublicCard>
  );
}

// One answer for every reason: which one it was is nobody's business but the account's owner's and the admins'.
const refusals: Record<string, { title: string; words: string }> = {
  '1': {
    title: 'That did not work',
    words: 'Check the address and the password. After several attempts, wait a few minutes or ask for a new password.',
  },
  busy: {
    title: 'Too many people are signing in',
    words: 'Wait a few seconds, then try again.',
  },
};

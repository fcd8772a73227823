import { redirect } from 'next/navigation';
import { PageNotice } from '@/components/layout/page-notice';
import { PublicCard } from '@/components/layout/public-card';
import { Notice } from '@/components/ui/notice';
import { TextLink } from '@/components/ui/text-link';
import { safePath } from '@/lib/redirects';
import type { SearchParams } from '@/lib/search-params';
import { viewer } from '@/server/viewer';
import type { PublicCan } from '@/server/work';
import { landingPath } from '../landing.policy';
import { typedAddress } from '../sign-in.queries';
import { organizationQuery } from '../sign-in.schema';
import { SignInForm } from './sign-in-form';

type Props = { can: PublicCan; params: SearchParams; organization?: { name: string; slug: string } };

export async function SignInCard({ can, params, organization }: Props) {
  const next = safePath(params.next, '');
  const signedIn = can.actor && (await viewer());
  if (signedIn) redirect(next || landingPath(signedIn));
  const refusal = refusals[String(params.error)];
  return (
    <PublicCard
      title="Sign in"
      {...(organization && { organization: organization.name })}
      footer={
        <TextLink href={`/forgot-password${organizationQuery(organization?.slug)}`}>Forgot your password?</TextLink>
      }
    >
      <PageNotice searchParams={params} />
      {refusal && (
        <div className="mb-5">
          <Notice tone="bad" title={refusal.title}>
            {refusal.words}
          </Notice>
        </div>
      )}
      <SignInForm next={next} organization={organization?.slug} address={refusal ? await typedAddress() : ''} />
    </PublicCard>
  );
}

// Other reasons get the same answer: only the account's owner and admins may learn which one it was.
const refusals: Record<string, { title: string; words: string }> = {
  '1': {
    title: 'That did not work',
    words: 'Check the address and the password. After several attempts, wait a few minutes or ask for a new password.',
  },
  // Shown only after the right password.
  expired: {
    title: 'Your initial password has expired',
    words: 'Choose “Forgot your password?” below. You get a link by email and choose a password of your own.',
  },
  busy: {
    title: 'Too many people are signing in',
    words: 'Wait a few seconds, then try again. This attempt did not count.',
  },
  blocked: {
    title: 'Too many attempts from your network',
    words: 'Wait a quarter of an hour, then try again.',
  },
};

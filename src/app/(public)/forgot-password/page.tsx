import type { Metadata } from 'next';
import { publicPage } from '@/app/(public)/public-page';
import { Form } from '@/components/form/form';
import { TextField } from '@/components/form/text-field';
import { PublicCard } from '@/components/layout/public-card';
import { TextLink } from '@/components/ui/text-link';
import { forgotPasswordAction } from '@/features/account/password.actions';
import { organizationQuery } from '@/features/account/sign-in.schema';
import type { SearchParams } from '@/lib/search-params';
import { ownSignInPath, readSlug, signInPathOf } from '@/server/auth/sign-in-path';
import { authorize } from '@/server/work';

export const metadata: Metadata = { title: 'Forgot your password?' };

type Props = { searchParams: Promise<SearchParams> };

export default publicPage(ForgotPasswordPage);

async function ForgotPasswordPage({ searchParams }: Props) {
  await authorize('public');
  const { sent, organization } = await searchParams;
  const slug = readSlug(organization);
  const back = <TextLink href={slug ? signInPathOf(slug) : await ownSignInPath()}>Back to sign-in</TextLink>;
  if (sent) {
    return (
      <PublicCard title="Check your email" footer={back}>
        <p>If there is an account for this address, an email is on its way.</p>
        <p className="mt-3 text-ink-soft">
          Nothing after a few minutes? Check your spam folder, or{' '}
          <TextLink href={`/forgot-password${organizationQuery(slug)}`}>try another address</TextLink>.
        </p>
      </PublicCard>
    );
  }
  return (
    <PublicCard
      title="Forgot your password?"
      description="Enter your email address and we will send you a link to choose a new one."
      footer={back}
    >
      <Form action={forgotPasswordAction} submitLabel="Send the link" layout="card" warnUnsaved={false}>
        {slug && <input type="hidden" name="organization" value={slug} />}
        <TextField
          name="email"
          label="Email address"
          type="email"
          autoComplete="username"
          spellCheck={false}
          autoFocus
        />
      </Form>
    </PublicCard>
  );
}

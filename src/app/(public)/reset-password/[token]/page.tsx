import { linkPage, publicPage } from '@/app/(public)/public-page';
import { Form } from '@/components/form/form';
import { PasswordField } from '@/components/form/password-field';
import { PublicCard } from '@/components/layout/public-card';
import { LinkButton } from '@/components/ui/button';
import { TextLink } from '@/components/ui/text-link';
import { resetPasswordAction } from '@/features/account/password.actions';
import { findReset } from '@/features/account/password-reset.service';
import { passwordHint } from '@/lib/password-policy';
import { ownSignInPath } from '@/server/auth/sign-in-path';
import { authorize } from '@/server/work';

export const metadata = linkPage('Choose a new password');

type Props = { params: Promise<{ token: string }> };

export default publicPage(ResetPasswordPage);

/** Opening the link changes nothing, because mail scanners open links too; sending the form uses it up. */
async function ResetPasswordPage({ params }: Props) {
  const can = await authorize('public');
  const { token } = await params;
  const reset = await findReset(can, token);
  if (!reset) return <ExpiredLink />;
  return (
    <PublicCard
      title="Choose a new password"
      description="Setting it signs you out everywhere."
      footer={<BackToSignIn />}
    >
      <Form action={resetPasswordAction} submitLabel="Set the password" layout="card" warnUnsaved={false}>
        <input type="hidden" name="token" value={token} />
        {/* Password managers store the new password under this name. */}
        <input type="text" name="username" autoComplete="username" value={reset.email} readOnly hidden form="unsent" />
        <PasswordField
          name="newPassword"
          label="New password"
          autoComplete="new-password"
          hint={passwordHint}
          autoFocus
        />
      </Form>
    </PublicCard>
  );
}

function ExpiredLink() {
  return (
    <PublicCard
      title="This link does not work any more"
      description="It has expired or was used. Look for a newer email with a newer link."
      footer={<BackToSignIn />}
    >
      <LinkButton href="/forgot-password" tone="primary" size="lg">
        Ask for a new link
      </LinkButton>
    </PublicCard>
  );
}

async function BackToSignIn() {
  return <TextLink href={await ownSignInPath()}>Back to sign-in</TextLink>;
}

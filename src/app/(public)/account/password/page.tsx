import type { Metadata } from 'next';
import { publicPage } from '@/app/(public)/public-page';
import { Form } from '@/components/form/form';
import { PasswordField } from '@/components/form/password-field';
import { PublicCard } from '@/components/layout/public-card';
import { TextLink } from '@/components/ui/text-link';
import { changePasswordAction } from '@/features/account/actions';
import { SignOutButton } from '@/features/account/components/sign-out-button';
import { passwordHint } from '@/lib/password-policy';
import { safePath } from '@/lib/redirects';
import { authorize } from '@/server/work';

export const metadata: Metadata = { title: 'Change your password' };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default publicPage(ChangePasswordPage);

/** Also where a session stops until a temporary password was replaced. */
async function ChangePasswordPage({ searchParams }: Props) {
  const can = await authorize('session.own');
  const next = safePath((await searchParams).next, '');
  const isForced = !can.may('account.own');
  return (
    <PublicCard
      title={isForced ? 'Choose a password of your own' : 'Change your password'}
      description={
        isForced
          ? 'Somebody else knows the one you signed in with. Replace it to go on.'
          : 'Your other sessions are signed out when it is changed.'
      }
      footer={isForced ? <SignOutButton /> : <TextLink href="/account">Back to my account</TextLink>}
    >
      <Form action={changePasswordAction} submitLabel="Change password" layout="card" warnUnsaved={false}>
        <input type="hidden" name="next" value={next} />
        <PasswordField name="currentPassword" label="Current password" autoComplete="current-password" autoFocus />
        <PasswordField name="newPassword" label="New password" autoComplete="new-password" hint={passwordHint} />
      </Form>
    </PublicCard>
  );
}

import type { Metadata } from 'next';
import { consolePage } from '@/app/(console)/console-page';
import { Form } from '@/components/form/form';
import { PasswordField } from '@/components/form/password-field';
import { PublicCard } from '@/components/layout/public-card';
import { AccountFrame } from '@/features/account/components/account-frame';
import { SignOutButton } from '@/features/account/components/sign-out-button';
import { changePasswordAction } from '@/features/account/password.actions';
import { passwordHint } from '@/lib/password-policy';
import { safePath } from '@/lib/redirects';
import type { SearchParams } from '@/lib/search-params';
import { authorize } from '@/server/work';

export const metadata: Metadata = { title: 'Change your password' };

export default consolePage(ChangePasswordPage);

async function ChangePasswordPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const can = await authorize('session.own');
  const params = await searchParams;
  const own = can.as('account.own');
  if (own) {
    return (
      <AccountFrame can={own} current="/account/password" searchParams={params}>
        <p className="mb-5 max-w-prose text-ink-soft">Changing your password signs out your other sessions.</p>
        <PasswordForm next="/account/password" />
      </AccountFrame>
    );
  }
  return (
    <PublicCard
      title="Choose a password of your own"
      description="Somebody else knows the password you signed in with. Replace it to continue."
      footer={<SignOutButton />}
    >
      <PasswordForm next={safePath(params.next, '')} isCard />
    </PublicCard>
  );
}

function PasswordForm({ next, isCard }: { next: string; isCard?: boolean }) {
  return (
    <Form
      action={changePasswordAction}
      submitLabel="Change password"
      layout={isCard ? 'card' : 'page'}
      warnUnsaved={false}
    >
      <input type="hidden" name="next" value={next} />
      <PasswordField
        name="currentPassword"
        label="Current password"
        autoComplete="current-password"
        autoFocus={isCard === true}
      />
      <PasswordField name="newPassword" label="New password" autoComplete="new-password" hint={passwordHint} />
    </Form>
  );
}

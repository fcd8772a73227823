import { linkPage, publicPage } from '@/app/(public)/public-page';
import { Form } from '@/components/form/form';
import { NameFields } from '@/components/form/name-fields';
import { PasswordField } from '@/components/form/password-field';
import { TextField } from '@/components/form/text-field';
import { PublicCard } from '@/components/layout/public-card';
import { LinkButton } from '@/components/ui/button';
import { setUpAction } from '@/features/set-up/first-admin.actions';
import { isSetUpOpen } from '@/features/set-up/first-admin.service';
import { passwordHint } from '@/lib/password-policy';
import { authorize } from '@/server/work';

export const metadata = linkPage('Set up Rollcall');

export default publicPage(SetUpPage);

async function SetUpPage({ params }: { params: Promise<{ token: string }> }) {
  const can = await authorize('public');
  const { token } = await params;
  if (!(await isSetUpOpen(can, token))) {
    return (
      <PublicCard
        title="This link does not open anything"
        description="It is older than an hour, or Rollcall is already set up. If there is no System Admin yet, restart Rollcall to print a new link."
      >
        <LinkButton href="/sign-in">Sign in</LinkButton>
      </PublicCard>
    );
  }
  return (
    <PublicCard title="Set up Rollcall" description="You become the first System Admin and can do everything.">
      <Form action={setUpAction} submitLabel="Become System Admin" layout="card" warnUnsaved={false}>
        <input type="hidden" name="token" value={token} />
        <NameFields isOwn />
        <TextField name="email" label="Work address" type="email" autoComplete="username" />
        <PasswordField name="password" label="Password" autoComplete="new-password" hint={passwordHint} />
      </Form>
    </PublicCard>
  );
}

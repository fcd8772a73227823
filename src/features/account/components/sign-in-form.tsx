import { PasswordField } from '@/components/form/password-field';
import { SubmitButton } from '@/components/form/submit-button';
import { TextField } from '@/components/form/text-field';
import { TimeZoneField } from '@/components/form/time-zone-field';

type Props = { next: string; address: string; organization?: string };

/** A plain form: it works without scripts and without an earlier cookie. */
export function SignInForm({ next, address, organization }: Props) {
  return (
    <form noValidate method="post" action="/api/auth/callback/credentials" className="flex flex-col gap-6">
      {next && <input type="hidden" name="next" value={next} />}
      {organization && <input type="hidden" name="organization" value={organization} />}
      <TextField
        name="email"
        label="Email address"
        type="email"
        autoComplete="username"
        defaultValue={address}
        spellCheck={false}
        autoFocus={address === ''}
      />
      <TimeZoneField />
      <PasswordField name="password" label="Password" autoComplete="current-password" autoFocus={address !== ''} />
      <SubmitButton size="lg" full>
        Sign in
      </SubmitButton>
    </form>
  );
}

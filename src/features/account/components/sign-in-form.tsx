import { PasswordField } from '@/components/form/password-field';
import { SubmitButton } from '@/components/form/submit-button';
import { TextField } from '@/components/form/text-field';

/** A plain form with an address to post to: it works without scripts and without a cookie from before. */
export function SignInForm({ next, address }: { next: string; address: string }) {
  return (
    <form method="post" action="/api/auth/callback/credentials" className="flex flex-col gap-6">
      {next && <input type="hidden" name="next" value={next} />}
      <TextField
        name="email"
        label="Email address"
        type="email"
        autoComplete="username"
        defaultValue={address}
        spellCheck={false}
        autoFocus={address === ''}
      />
      <PasswordField name="password" label="Password" autoComplete="current-password" autoFocus={address !== ''} />
      <SubmitButton size="lg" full>
        Sign in
      </SubmitButton>
    </form>
  );
}

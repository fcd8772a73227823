import { Form } from '@/components/form/form';
import { NameFields } from '@/components/form/name-fields';
import { PasswordField } from '@/components/form/password-field';
import { TextField } from '@/components/form/text-field';
import { TimeZoneField } from '@/components/form/time-zone-field';
import { Notice } from '@/components/ui/notice';
import { displayName } from '@/lib/names';
import { passwordHint } from '@/lib/password-policy';
import { acceptInvitationAction } from '../accept.actions';
import type { OpenedInvitation } from '../link.queries';

type Person = { firstName: string; lastName: string; email: string };
type Props = { token: string; invitation: OpenedInvitation; actor: Person | null };

export function ActivateForm({ token, invitation, actor }: Props) {
  return (
    <>
      {actor && (
        <Notice tone="warn">
          You are signed in as {displayName(actor)}. Setting up this account signs you in as {invitation.email} in this
          browser instead.
        </Notice>
      )}
      <Form
        action={acceptInvitationAction}
        submitLabel="Set up my account"
        pendingLabel="Setting up…"
        layout="card"
        warnUnsaved={false}
      >
        <input type="hidden" name="token" value={token} />
        <TimeZoneField />
        <TextField
          name="email"
          label="Email"
          type="email"
          autoComplete="username"
          defaultValue={invitation.email}
          disabledReason="You sign in with this address."
        />
        <NameFields values={invitation} isOwn />
        <PasswordField name="password" label="Password" autoComplete="new-password" hint={passwordHint} />
      </Form>
    </>
  );
}

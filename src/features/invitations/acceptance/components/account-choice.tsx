import { Form } from '@/components/form/form';
import { LinkButton } from '@/components/ui/button';
import { signInPathOf } from '@/server/auth/sign-in-path';
import { joinAction } from '../accept.actions';
import type { OpenedInvitation } from '../link.queries';

type Props = { token: string; invitation: OpenedInvitation; actor: { id: string; email: string } | null };

/** Existing accounts join signed in: the link alone must not open an account that has a password. */
export function AccountChoice({ token, invitation, actor }: Props) {
  if (!invitation.hasConfirmedEmail) {
    return (
      <div className="flex flex-col gap-4">
        <p className="text-base leading-6">
          {invitation.email} already has an account, but nobody has confirmed that the address is theirs. Choose a new
          password first: you get a link by email. Then open this invitation again and sign in.
        </p>
        <LinkButton href="/forgot-password" tone="primary" size="lg">
          Choose a new password
        </LinkButton>
      </div>
    );
  }
  if (actor?.id === invitation.userId) {
    return (
      <Form action={joinAction} submitLabel="Accept the invitation" layout="card" warnUnsaved={false}>
        <input type="hidden" name="token" value={token} />
        <p className="text-base">You are signed in as {actor.email}.</p>
      </Form>
    );
  }
  if (actor) {
    return (
      <p className="text-base leading-6">
        This invitation is for {invitation.email}, and you are signed in as {actor.email}. Sign out, then open the link
        again.
      </p>
    );
  }
  const signInPath = signInPathOf(invitation.organizationSlug);
  return (
    <div className="flex flex-col gap-4">
      <p className="text-base leading-6">{invitation.email} already has an account. Sign in to it to accept.</p>
      <LinkButton href={`${signInPath}?next=${encodeURIComponent(`/activate/${token}`)}`} tone="primary" size="lg">
        Sign in to join
      </LinkButton>
    </div>
  );
}

import { Form } from '@/components/form/form';
import { Time } from '@/components/ui/time';
import { maskEmail } from '@/lib/email';
import type { FormAction } from '@/lib/form-state';
import { agreeToEmailChangeAction, stopEmailChangeAction } from '../consent.actions';
import type { ConsentRequest } from '../consent.queries';
import { waitHours } from '../request.schema';

type Props = { request: ConsentRequest; token: string };

export function ConsentQuestion({ request, token }: Props) {
  const { email, previous, hasAgreed, requesterName } = request;
  return (
    <div className="flex flex-col gap-5 text-base leading-6">
      <p className="break-words">
        {requesterName ?? 'An admin'} asked to replace <strong>{previous}</strong> with {maskEmail(email)}. After that
        you sign in with the new address, and links for a new password go there.
      </p>
      <p>
        <Timing request={request} />
      </p>
      {!hasAgreed && (
        <Answer action={agreeToEmailChangeAction} label="Agree to the change" name="agree" token={token} />
      )}
      <Answer action={stopEmailChangeAction} label="Stop the change" name="stop" token={token} />
      <p className="text-ink-soft text-sm">
        If you do not know of this, stop it and tell the person who manages access. Stopping ends the request; your
        address and your password stay as they are.
      </p>
    </div>
  );
}

type AnswerProps = { action: FormAction; label: string; name: string; token: string };

function Answer({ action, label, name, token }: AnswerProps) {
  return (
    <Form action={action} submitLabel={label} submitTone="secondary" layout="card" warnUnsaved={false} idPrefix={name}>
      <input type="hidden" name="token" value={token} />
    </Form>
  );
}

function Timing({ request: { hasAgreed, needsConsent, takesEffectAt } }: Pick<Props, 'request'>) {
  if (takesEffectAt) {
    return (
      <>
        The new address has confirmed. The change takes effect on <Time at={takesEffectAt} timeZone="UTC" exact />{' '}
        unless you stop it, and at once if you agree.
      </>
    );
  }
  if (hasAgreed) return 'You have agreed. The change takes effect as soon as the new address confirms.';
  if (!needsConsent) return 'A System Admin sent it again, so it takes effect as soon as the new address confirms.';
  return `The new address has not confirmed yet. After it does, the change takes effect as soon as you agree, or ${waitHours} hours later unless you stop it.`;
}

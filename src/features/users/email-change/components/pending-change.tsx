import type { ReactNode } from 'react';
import { Form } from '@/components/form/form';
import { Notice } from '@/components/ui/notice';
import { Time } from '@/components/ui/time';
import type { FormAction } from '@/lib/form-state';
import type { PendingChange as Pending } from '../pending.queries';
import { waitHours } from '../request.schema';

type Props = { change: Pending; timeZone: string; children?: ReactNode };

export function PendingChange({ change, timeZone, children }: Props) {
  const { isExpired, takesEffectAt, requesterName } = change;
  return (
    <Notice tone={isExpired ? 'warn' : 'info'} title={titleOf(change)}>
      {isExpired && <Expired change={change} timeZone={timeZone} />}
      {!isExpired && takesEffectAt === null && <Unconfirmed change={change} timeZone={timeZone} />}
      {takesEffectAt && (
        <p className="break-words">
          <strong>{change.email}</strong> has confirmed. The change takes effect on{' '}
          <Time at={takesEffectAt} timeZone={timeZone} exact />, or as soon as the current address agrees. The current
          address can also stop it. Until then it stays the address for signing in and for new passwords.
        </p>
      )}
      {requesterName && <p>Requested by {requesterName}.</p>}
      {children && <div className="mt-3 flex flex-wrap gap-3">{children}</div>}
    </Notice>
  );
}

function titleOf({ isExpired, takesEffectAt }: Pending): string {
  if (isExpired) return 'Not confirmed in time';
  return takesEffectAt ? 'Waiting for the current address' : 'Waiting for confirmation';
}

function Expired({ change: { email, expiresAt }, timeZone }: Props) {
  return (
    <p className="break-words">
      The link to <strong>{email}</strong> expired <Time at={expiresAt} timeZone={timeZone} />. Nothing was changed.
    </p>
  );
}

function Unconfirmed({ change: { email, expiresAt, needsConsent, hasAgreed }, timeZone }: Props) {
  return (
    <p className="break-words">
      A link was sent to <strong>{email}</strong>. It can be confirmed until{' '}
      <Time at={expiresAt} timeZone={timeZone} exact />.{' '}
      {needsConsent &&
        (hasAgreed
          ? 'The current address has agreed, so the change takes effect as soon as the new one confirms.'
          : `After that the change takes effect as soon as the current address agrees, or ${waitHours} hours later unless it stops the change.`)}
    </p>
  );
}

type ActionProps = { action: FormAction; label: string; id?: string };

export function PendingChangeAction({ action, label, id }: ActionProps) {
  return (
    <Form action={action} submitLabel={label} submitTone="secondary" warnUnsaved={false} idPrefix={label}>
      {id && <input type="hidden" name="id" value={id} />}
    </Form>
  );
}

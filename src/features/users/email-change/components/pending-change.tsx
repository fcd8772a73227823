import type { ReactNode } from 'react';
import { Form } from '@/components/form/form';
import { Notice } from '@/components/ui/notice';
import { Time } from '@/components/ui/time';
import type { FormAction } from '@/lib/form-state';
import type { PendingChange as Pending } from '../pending.queries';

type Props = { change: Pending; timeZone: string; children?: ReactNode };

export function PendingChange({ change, timeZone, children }: Props) {
  const { email, expiresAt, isExpired } = change;
  return (
    <Notice tone={isExpired ? 'warn' : 'info'} title={isExpired ? 'Not confirmed in time' : 'Waiting for confirmation'}>
      <p className="break-words">
        {isExpired ? (
          <>
            The link to <strong>{email}</strong> expired <Time at={expiresAt} timeZone={timeZone} />. Nothing was
            changed.
          </>
        ) : (
          <>
            A link was sent to <strong>{email}</strong>. It can be confirmed until{' '}
            <Time at={expiresAt} timeZone={timeZone} exact />.
          </>
        )}
      </p>
      {children && <div className="mt-3 flex flex-wrap gap-3">{children}</div>}
    </Notice>
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

import { Form } from '@/components/form/form';
import { SubmitButton } from '@/components/form/submit-button';
import { TextField } from '@/components/form/text-field';
import { Textarea } from '@/components/form/textarea';
import { displayName } from '@/lib/names';
import { deactivateUserAction, reactivateUserAction } from '../deactivation.actions';
import { maxReasonChars } from '../deactivation.schema';
import type { UserRecord } from '../details.queries';

export function DeactivateForm({ user, today }: { user: UserRecord; today: string }) {
  const name = displayName(user);
  return (
    <Form action={deactivateUserAction} submitLabel="Deactivate" submitTone="danger" cancelHref={`/users/${user.id}`}>
      <ul className="flex max-w-prose list-disc flex-col gap-1 pl-5">
        <li>{name} is signed out everywhere within 5 seconds and cannot sign in.</li>
        <li>The account, its roles and its password are kept.</li>
        {user.invitations.length > 0 && (
          <li>Open invitations to {user.email} stay open. Cancel those you do not want.</li>
        )}
        <li>You can reactivate the account at any time.</li>
      </ul>
      <input type="hidden" name="id" value={user.id} />
      <Textarea
        name="reason"
        label="Reason"
        hint="For colleagues and the audit log. The person does not see it."
        optional
        rows={2}
        maxLength={maxReasonChars}
      />
      <TextField
        name="until"
        label="Last day"
        hint="The account is reactivated automatically after this day. Leave it empty to decide later."
        type="date"
        min={today}
        size="short"
        optional
      />
    </Form>
  );
}

export function ReactivateForm({ user }: { user: UserRecord }) {
  const name = displayName(user);
  return (
    <Form action={reactivateUserAction} submitLabel="Reactivate" submitTone="primary" cancelHref={`/users/${user.id}`}>
      <ul className="flex max-w-prose list-disc flex-col gap-1 pl-5">
        <li>{name} can sign in at once, with the password they had.</li>
        <li>Roles, groups and organizations are as they were.</li>
        {!user.activatedAt && <li>This account was never activated. Send an invitation afterwards.</li>}
      </ul>
      <input type="hidden" name="id" value={user.id} />
      <Textarea name="reason" label="Reason" hint="For the audit log." optional rows={2} maxLength={maxReasonChars} />
    </Form>
  );
}

type UndoProps = {
  notice: unknown;
  of: string;
  returnTo?: string | undefined;
};

export function undoDeactivation({ notice, of, returnTo }: UndoProps) {
  const isDeactivated = notice === 'user.deactivated';
  if (!isDeactivated && notice !== 'user.reactivated') return null;
  return (
    <Form
      // A new key for each, or the second form would keep the state of the first.
      key={`${notice} ${of}`}
      action={isDeactivated ? reactivateUserAction : deactivateUserAction}
      warnUnsaved={false}
      idPrefix="undo"
    >
      <input type="hidden" name="id" value={of} />
      {!isDeactivated && <input type="hidden" name="again" value="yes" />}
      {returnTo && <input type="hidden" name="returnTo" value={returnTo} />}
      <SubmitButton tone="secondary" size="sm">
        Undo
      </SubmitButton>
    </Form>
  );
}

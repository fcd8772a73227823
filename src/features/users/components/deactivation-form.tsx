import { Form } from '@/components/form/form';
import { ReasonField } from '@/components/form/reason-field';
import { SubmitButton } from '@/components/form/submit-button';
import { TextField } from '@/components/form/text-field';
import { displayName } from '@/lib/names';
import { restoreUserAction } from '../archive.actions';
import { deactivateUserAction, reactivateUserAction } from '../deactivation.actions';
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
      <ReasonField hint="For colleagues and the audit log. The person does not see it." />
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
      <ReasonField />
    </Form>
  );
}

type UndoProps = {
  notice: unknown;
  of: string;
  returnTo?: string | undefined;
};

const undoes = {
  'user.deactivated': reactivateUserAction,
  'user.reactivated': deactivateUserAction,
  'user.archived': restoreUserAction,
};

export function undoEnding({ notice, of, returnTo }: UndoProps) {
  const action = typeof notice === 'string' && Object.hasOwn(undoes, notice) && undoes[notice as keyof typeof undoes];
  if (!action) return null;
  return (
    <Form
      // A new key for each, or the second form would keep the state of the first.
      key={`${notice} ${of}`}
      action={action}
      warnUnsaved={false}
      idPrefix="undo"
    >
      <input type="hidden" name="id" value={of} />
      {notice === 'user.reactivated' && <input type="hidden" name="again" value="yes" />}
      {returnTo && <input type="hidden" name="returnTo" value={returnTo} />}
      <SubmitButton tone="secondary" size="sm">
        Undo
      </SubmitButton>
    </Form>
  );
}

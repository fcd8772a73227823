import { Form } from '@/components/form/form';
import { ReasonField } from '@/components/form/reason-field';
import { displayName } from '@/lib/names';
import { archiveUserAction, restoreUserAction } from '../archive.actions';
import type { UserRecord } from '../details.queries';

const statusWords = { invited: 'Invited', active: 'Active', inactive: 'Inactive', archived: 'Archived' };

export function ArchiveForm({ user }: { user: UserRecord }) {
  const name = displayName(user);
  return (
    <Form
      action={archiveUserAction}
      submitLabel={`Archive ${name}`}
      submitTone="danger"
      cancelHref={`/users/${user.id}`}
    >
      <ul className="flex max-w-prose list-disc flex-col gap-1 pl-5">
        <li>
          {name} ({user.email}) is now {statusWords[user.status].toLowerCase()}.
        </li>
        <li>
          {user.status === 'active'
            ? `${name} is signed out everywhere within 5 seconds and cannot sign in.`
            : `${name} still cannot sign in.`}
        </li>
        <li>Lists and counts leave {name} out, unless you filter for the status Archived.</li>
        <li>
          The account keeps its roles, groups, organizations and password. They grant nothing while it is archived.
        </li>
        {user.invitations.length > 0 && (
          <li>
            Open invitations to {user.email} stay open, but their links do not work. Cancel those you do not want.
          </li>
        )}
        <li>
          You can restore the account at any time. It is {statusWords[user.status].toLowerCase()} again then, with
          everything it had.
        </li>
      </ul>
      <input type="hidden" name="id" value={user.id} />
      <ReasonField hint="For colleagues and the audit log. The person does not see it." />
    </Form>
  );
}

export function RestoreForm({ user }: { user: UserRecord }) {
  const name = displayName(user);
  return (
    <Form
      action={restoreUserAction}
      submitLabel={`Restore ${name}`}
      submitTone="primary"
      cancelHref={`/users/${user.id}`}
    >
      <ul className="flex max-w-prose list-disc flex-col gap-1 pl-5">
        <li>{afterRestoring(name, user)}</li>
        <li>Roles, groups and organizations are as they were.</li>
      </ul>
      <input type="hidden" name="id" value={user.id} />
      <ReasonField />
    </Form>
  );
}

function afterRestoring(name: string, { archivedStatus }: UserRecord): string {
  if (archivedStatus === 'active') return `${name} can sign in at once, with the password they had.`;
  if (archivedStatus === 'inactive') return `${name} is inactive again, and cannot sign in until they are reactivated.`;
  return `${name} is invited again. Send an invitation afterwards: earlier links may have expired.`;
}

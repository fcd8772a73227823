import { Form } from '@/components/form/form';
import { Confirmation, type ShownAs } from '@/components/layout/confirmation';
import { LinkButton } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import { getUser } from '@/features/users/details.queries';
import { findObstacle } from '@/features/users/obstacles.queries';
import { sendPasswordResetAction } from '@/features/users/sign-in-help.actions';
import { passwordResetProblem } from '@/features/users/sign-in-help.policy';
import { linkLimits } from '@/lib/limits';
import { displayName } from '@/lib/names';
import { obstacleText } from '@/lib/obstacle-words';
import { type Can, orNotFound } from '@/server/work';

const minutes = linkLimits.passwordResetMs / 60_000;

export async function passwordReset(can: Can<'users.read'>, id: string, as: ShownAs) {
  const user = await orNotFound(getUser(can, id));
  const obstacle = await findObstacle(can, user.id, 'users.reset-password');
  const problem = obstacle ? obstacleText[obstacle] : passwordResetProblem(user);
  const name = displayName(user);
  const path = `/users/${user.id}`;
  return (
    <Confirmation
      as={as}
      title={`Send password reset to ${name}`}
      breadcrumbs={[{ label: 'Users', href: '/users' }, { label: name, href: path }, { label: 'Send password reset' }]}
    >
      {problem ? (
        <Notice tone="warn" title="This is not possible here" action={<LinkButton href={path}>Back</LinkButton>}>
          {problem}
        </Notice>
      ) : (
        <Form action={sendPasswordResetAction} submitLabel="Send password reset" cancelHref={path}>
          <ul className="flex max-w-prose list-disc flex-col gap-1 pl-5">
            <li>
              A link goes to <strong className="break-words">{user.email}</strong>. It works once, for {minutes}{' '}
              minutes. Earlier links stop working.
            </li>
            <li>Until they use it, their password stays the same and they stay signed in.</li>
            <li>When they choose a new password, they are signed out everywhere.</li>
          </ul>
          <input type="hidden" name="id" value={user.id} />
        </Form>
      )}
    </Confirmation>
  );
}

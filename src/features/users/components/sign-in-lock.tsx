import { Form } from '@/components/form/form';
import { SubmitButton } from '@/components/form/submit-button';
import { Notice } from '@/components/ui/notice';
import { Time } from '@/components/ui/time';
import { displayName } from '@/lib/names';
import { type AccountObstacle, obstacleText } from '@/lib/obstacle-words';
import type { SignInLock } from '@/server/auth/sign-in-lock';
import type { UserRecord } from '../details.queries';
import { unlockUserAction } from '../sign-in-help.actions';

type Props = {
  user: UserRecord;
  lock: SignInLock | null;
  /** Null when the reader never unlocks anybody. */
  unlocking: { obstacle: AccountObstacle | null } | null;
  timeZone: string;
};

export function SignInLockNotice({ user, lock, unlocking, timeZone }: Props) {
  if (!lock) return null;
  const { until, failures } = lock;
  const name = displayName(user);
  const mayUnlock = unlocking?.obstacle === null;
  return (
    <Notice
      tone="warn"
      title={until ? <LockedUntil until={until} timeZone={timeZone} /> : 'Sign-in is locked'}
      action={mayUnlock && <Unlock id={user.id} />}
    >
      <p>
        There were {failures} wrong passwords in a row.{' '}
        {until
          ? 'Each further one makes the wait longer, up to 15 minutes.'
          : `It stays locked until somebody unlocks it or ${name} chooses a new password.`}
      </p>
      <p>On a device where {name} has signed in before, they can still sign in.</p>
      {unlocking?.obstacle && <p>{obstacleText[unlocking.obstacle]}</p>}
    </Notice>
  );
}

function LockedUntil({ until, timeZone }: { until: Date; timeZone: string }) {
  return (
    <>
      Sign-in is locked until <Time at={until} timeZone={timeZone} exact />
    </>
  );
}

function Unlock({ id }: { id: string }) {
  return (
    <Form action={unlockUserAction} warnUnsaved={false} idPrefix="unlock">
      <input type="hidden" name="id" value={id} />
      <SubmitButton tone="secondary" size="sm">
        Unlock
      </SubmitButton>
    </Form>
  );
}

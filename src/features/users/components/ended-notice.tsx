import { Notice } from '@/components/ui/notice';
import { Time } from '@/components/ui/time';
import { displayName } from '@/lib/names';
import type { UserRecord } from '../details.queries';

type Props = { user: UserRecord; timeZone: string };

/** Why an account gives no access, and how it does again; nothing for readers who do not manage the whole account. */
export function EndedNotice({ user, timeZone }: Props) {
  if (user.archive) return <Archived user={user} timeZone={timeZone} />;
  return user.deactivation && <Deactivation user={user} timeZone={timeZone} />;
}

function Deactivation({ user, timeZone }: Props) {
  const { since, until, reason, by } = user.deactivation ?? {};
  const name = displayName(user);
  return (
    <Notice
      tone="warn"
      title={by === 'platform' ? `${name} was deactivated by the platform` : `${name} is deactivated`}
    >
      <p>
        {since && (
          <>
            Since <Time at={since} timeZone={timeZone} exact />.{' '}
          </>
        )}
        {until ? (
          <>
            Can sign in again from <Time at={until} timeZone={timeZone} exact />.
          </>
        ) : (
          `Until ${by === 'platform' ? 'a System Admin' : 'somebody'} reactivates the account.`
        )}
      </p>
      {reason && <p>Reason: {reason}</p>}
    </Notice>
  );
}

const before = { invited: 'invited', active: 'active', inactive: 'inactive' };

function Archived({ user, timeZone }: Props) {
  const { since, reason, by } = user.archive ?? {};
  const name = displayName(user);
  return (
    <Notice tone="warn" title={by === 'platform' ? `${name} was archived by the platform` : `${name} is archived`}>
      <p>
        {since && (
          <>
            Since <Time at={since} timeZone={timeZone} exact />.{' '}
          </>
        )}
        Everything is kept. Restoring makes the account {before[user.archivedStatus ?? 'invited']} again.
      </p>
      {reason && <p>Reason: {reason}</p>}
    </Notice>
  );
}

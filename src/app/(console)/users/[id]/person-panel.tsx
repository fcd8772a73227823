import { RecentEvents } from '@/features/audit/components/recent-events';
import { listLastChanges } from '@/features/audit/history.queries';
import { UserPanel } from '@/features/users/components/user-panel';
import type { UserRecord } from '@/features/users/details.queries';
import { countSessions } from '@/features/users/sessions.queries';
import type { Can } from '@/server/work';

/** What one looks for on a person's page, beside its tabs. */
export async function PersonPanel({ can, user }: { can: Can<'users.read'>; user: UserRecord }) {
  const auditor = can.as('audit.read');
  const [sessions, changes] = await Promise.all([
    countSessions(can, user),
    auditor && listLastChanges(auditor, user.id),
  ]);
  return (
    <UserPanel
      user={user}
      sessions={sessions}
      timeZone={can.timeZone}
      changes={changes && <RecentEvents rows={changes} timeZone={can.timeZone} nobody="Nothing has changed since." />}
    />
  );
}

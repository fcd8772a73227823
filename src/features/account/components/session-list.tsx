import { SubmitButton } from '@/components/form/submit-button';
import { Badge } from '@/components/ui/badge';
import { Card } from '@/components/ui/card';
import { Icon } from '@/components/ui/icon';
import { Time } from '@/components/ui/time';
import { endOtherSessionsAction, endOwnSessionAction } from '../sessions.actions';
import type { OwnSession } from '../sessions.queries';
import { ActionForm } from './confirm-button';

export function SessionList({ sessions, timeZone, now }: { sessions: OwnSession[]; timeZone: string; now: Date }) {
  const hasOthers = sessions.some((session) => !session.isThisOne);
  return (
    <Card
      title="Signed in now"
      description="Sign out any session you do not recognize, then change your password."
      padded={false}
      actions={
        hasOthers && (
          <ActionForm action={endOtherSessionsAction} fields={{}}>
            <SubmitButton tone="secondary">Sign out all others</SubmitButton>
          </ActionForm>
        )
      }
    >
      <ul className="mt-3 border-line border-t">
        {sessions.map((session) => (
          <li
            key={session.id}
            className="flex flex-wrap items-center gap-x-4 gap-y-2 border-line border-b px-5 py-3.5 last:border-0"
          >
            <Icon name="monitor" className="size-5 text-ink-soft" />
            <div className="min-w-0 flex-1 basis-56">
              <p className="flex flex-wrap items-center gap-2 font-medium">
                {session.device}
                {session.isThisOne && <Badge tone="good">This one</Badge>}
              </p>
              <p className="text-ink-soft">
                {session.ip ?? 'Unknown address'} · signed in{' '}
                <Time at={session.startedAt} timeZone={timeZone} now={now} /> · active{' '}
                <Time at={session.lastSeenAt} timeZone={timeZone} now={now} />
              </p>
            </div>
            <ActionForm action={endOwnSessionAction} fields={{ id: session.id }}>
              <SubmitButton tone="secondary" size="sm">
                Sign out
                <span className="sr-only"> {session.device}</span>
              </SubmitButton>
            </ActionForm>
          </li>
        ))}
      </ul>
    </Card>
  );
}

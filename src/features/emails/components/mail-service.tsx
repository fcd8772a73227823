import { Stat, StatRow } from '@/components/ui/stat';
import { formatCount } from '@/lib/counts';
import { relativeTime } from '@/lib/dates';
import type { MailServiceState } from '../mail-service.queries';

export function MailService({ state, now }: { state: MailServiceState; now: Date }) {
  const { lastSentAt, lastFailure, waitingBecause, queued, postponed, oldestQueuedAt } = state;
  const since = oldestQueuedAt ? `The oldest was queued ${relativeTime(oldestQueuedAt, now)}` : undefined;
  const later = postponed === 0 ? undefined : `${formatCount(postponed)} more leave in a later hour`;
  return (
    <StatRow label="Mail service">
      <Stat label="Last sent" value={lastSentAt ? relativeTime(lastSentAt, now) : 'Never'} />
      <Stat
        label="Waiting"
        value={formatCount(queued)}
        hint={waitingBecause ?? since ?? later}
        href="/emails?state=pending"
        {...(waitingBecause && { tone: 'warn' as const })}
      />
      <Stat
        label="Last failure"
        value={lastFailure ? relativeTime(lastFailure.at, now) : 'None'}
        hint={lastFailure?.sentence}
        href="/emails?state=failed"
      />
    </StatRow>
  );
}

import { Avatar } from '@/components/ui/avatar';
import { Icon } from '@/components/ui/icon';
import { TextLink } from '@/components/ui/text-link';
import { Time } from '@/components/ui/time';
import { actionWords } from '@/lib/audit-actions';
import { avatarTone } from '@/lib/avatar-tone';
import type { AuditRow } from '../list.queries';
import type { NamedActor } from '../names.queries';
import { nameless } from './actor';

type Event = NamedActor &
  Pick<AuditRow, 'id' | 'at' | 'action'> &
  Partial<Pick<AuditRow, 'subjectId' | 'subjectName' | 'subjectEmail'>>;

type Props = { rows: Event[]; timeZone: string; nobody: string };

/** The newest events as short lines: what, by whom, to whom, when. */
export function RecentEvents({ rows, timeZone, nobody }: Props) {
  if (rows.length === 0) return <p className="text-ink-soft">{nobody}</p>;
  return (
    <ul className="flex flex-col gap-3">
      {rows.map((row) => (
        <li key={row.id} className="flex items-start gap-3">
          <Face row={row} />
          <div className="min-w-0 flex-1">
            <div className="flex items-baseline justify-between gap-3">
              <TextLink quiet href={`/audit/${row.id}`} className="min-w-0">
                {actionWords(row.action)}
              </TextLink>
              <span className="shrink-0 text-ink-soft text-xs">
                <Time at={row.at} timeZone={timeZone} />
              </span>
            </div>
            <p className="break-words text-ink-soft text-xs">
              By {actorOf(row)}
              {subjectOf(row)}
            </p>
          </div>
        </li>
      ))}
    </ul>
  );
}

function Face({ row: { actorKind, actorId, actorName, actorEmail } }: { row: Event }) {
  if (actorKind === 'user' && actorId && actorName !== null)
    return <Avatar name={actorName} email={actorEmail ?? ''} tone={avatarTone(actorId)} />;
  return (
    <span aria-hidden="true" className="avatar">
      <Icon name={actorKind === 'system' ? 'settings' : 'user-x'} className="size-3.5" />
    </span>
  );
}

const kinds = { system: 'Rollcall', operator: 'Operator command', anonymous: 'Nobody signed in', user: nameless };

/** Names without links: two links in so small a line would be hard to hit, and the event's page has them. */
function actorOf({ actorKind, actorName, actorEmail }: Event): string {
  return actorName || actorEmail || kinds[actorKind];
}

function subjectOf({ subjectId, actorId, subjectName, subjectEmail }: Event): string {
  const name = subjectName || subjectEmail;
  return !name || subjectId === actorId ? '' : ` · ${name}`;
}

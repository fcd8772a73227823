import { Avatar } from '@/components/ui/avatar';
import { Icon } from '@/components/ui/icon';
import { TextLink } from '@/components/ui/text-link';
import { Time } from '@/components/ui/time';
import { actionWords } from '@/lib/audit-actions';
import { avatarTone } from '@/lib/avatar-tone';
import type { AuditRow } from '../list.queries';
import type { NamedActor } from '../names.queries';
import { Actor } from './actor';

type Event = NamedActor &
  Pick<AuditRow, 'id' | 'at' | 'action'> &
  Partial<Pick<AuditRow, 'subjectId' | 'subjectName' | 'subjectEmail' | 'subjectPath'>>;

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
              By <By row={row} />
              <To row={row} />
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

function By({ row }: { row: Event }) {
  if (row.actorKind !== 'user' || !row.actorId || row.actorEmail === null) return <Actor row={row} isInline />;
  return (
    <TextLink quiet href={`/users/${row.actorId}`}>
      {row.actorName || row.actorEmail}
    </TextLink>
  );
}

function To({ row: { subjectId, actorId, subjectName, subjectEmail, subjectPath } }: { row: Event }) {
  const name = subjectName || subjectEmail;
  if (!name || subjectId === actorId) return null;
  return (
    <>
      {' '}
      ·{' '}
      {subjectPath ? (
        <TextLink quiet href={subjectPath}>
          {name}
        </TextLink>
      ) : (
        name
      )}
    </>
  );
}

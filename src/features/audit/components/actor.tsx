import { Person } from '@/components/ui/person';
import { TextLink } from '@/components/ui/text-link';
import { avatarTone } from '@/lib/avatar-tone';
import type { NamedActor } from '../names.queries';

type Props = {
  row: NamedActor;
  isInline?: boolean;
};

export const actorKinds = {
  system: 'Rollcall',
  operator: 'Operator command',
  anonymous: 'Nobody signed in',
  user: 'Forgotten person',
};

export const nameless = 'Somebody without a name';

/** People outside the reader's view appear by name only, without a link: the reader may not open their pages. */
export function Actor({ row, isInline }: Props) {
  const { actorKind, actorId, actorName, actorEmail } = row;
  if (actorKind !== 'user' || !actorId || actorName === null)
    return <span className="text-ink-soft">{actorKinds[actorKind]}</span>;
  if (actorEmail === null) return actorName || nameless;
  const href = `/users/${actorId}`;
  if (!isInline) return <Person name={actorName} email={actorEmail} href={href} size="sm" tone={avatarTone(actorId)} />;
  return (
    <>
      <TextLink quiet href={href}>
        {actorName || actorEmail}
      </TextLink>
      {actorName && ` (${actorEmail})`}
    </>
  );
}

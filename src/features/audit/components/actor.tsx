import { Person } from '@/components/ui/person';
import { TextLink } from '@/components/ui/text-link';
import type { NamedActor } from '../names.queries';

type Props = {
  row: NamedActor;
  /** In running text, without initials. */
  isInline?: boolean;
};

const kinds = {
  system: 'Rollcall',
  operator: 'Operator command',
  anonymous: 'Nobody signed in',
  user: 'Forgotten person',
};

export const nameless = 'Somebody without a name';

/**
 * Who did it: a person, the program itself, an operator at the command line, or nobody who was signed in. Everybody is
 * named; of those outside the reader's view nothing more is told, and their pages would not be found.
 */
export function Actor({ row, isInline }: Props) {
  const { actorKind, actorId, actorName, actorEmail } = row;
  if (actorKind !== 'user' || !actorId || actorName === null)
    return <span className="text-ink-soft">{kinds[actorKind]}</span>;
  if (actorEmail === null) return actorName || nameless;
  const href = `/users/${actorId}`;
  if (!isInline) return <Person name={actorName} email={actorEmail} href={href} size="sm" />;
  return (
    <>
      <TextLink quiet href={href}>
        {actorName || actorEmail}
      </TextLink>
      {actorName && ` (${actorEmail})`}
    </>
  );
}

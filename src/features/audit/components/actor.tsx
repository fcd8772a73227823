import { TextLink } from '@/components/ui/text-link';
import type { AuditRow } from '../queries';

type Props = { row: Pick<AuditRow, 'actorKind' | 'actorId' | 'actorName' | 'actorEmail' | 'isActorInView'> };

const kinds = {
  system: 'Rollcall',
  operator: 'Operator command',
  anonymous: 'Nobody signed in',
  user: 'Forgotten person',
};

/**
 * Who did it: a person, the program itself, an operator at the command line, or nobody who was signed in. Everybody is
 * named; those outside the reader's view are not linked to, for their pages would not be found.
 */
export function Actor({ row }: Props) {
  const name = row.actorName ?? row.actorEmail;
  if (row.actorKind !== 'user' || !row.actorId || !name)
    return <span className="text-ink-soft">{kinds[row.actorKind]}</span>;
  if (!row.isActorInView) return name;
  return (
    <TextLink quiet href={`/users/${row.actorId}`}>
      {name}
    </TextLink>
  );
}

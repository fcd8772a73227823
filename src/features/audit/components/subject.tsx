import { TextLink } from '@/components/ui/text-link';
import type { AuditRow } from '../queries';

type Props = { row: Pick<AuditRow, 'subjectType' | 'subjectId' | 'subjectName' | 'isSubjectInView'> };

const addresses: Record<string, (id: string) => string> = {
  user: (id) => `/users/${id}`,
  group: (id) => `/groups/${id}`,
  invitation: (id) => `/invitations/${id}`,
  plan: (id) => `/imports/${id}`,
};

/** What it was done to; a link where that has a page which opens for the reader. */
export function Subject({ row }: Props) {
  const { subjectType, subjectId, subjectName, isSubjectInView } = row;
  if (!subjectId) return <span className="text-ink-soft">—</span>;
  const label = subjectName ?? `${subjectType} ${subjectId.slice(-6)}`;
  const href = isSubjectInView && addresses[subjectType]?.(subjectId);
  return href ? (
    <TextLink quiet href={href}>
      {label}
    </TextLink>
  ) : (
    label
  );
}

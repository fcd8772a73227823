import { Person } from '@/components/ui/person';
import { TextLink } from '@/components/ui/text-link';
import { avatarTone } from '@/lib/avatar-tone';
import type { AuditRow } from '../list.queries';
import { nameless } from './actor';

type Props = {
  row: Pick<AuditRow, 'subjectType' | 'subjectId' | 'subjectName' | 'subjectEmail' | 'subjectPath'>;
};

export const subjectKinds: Record<string, string> = {
  export: 'Export',
  group: 'Group',
  import: 'Import',
  invitation: 'Invitation',
  invitations: 'Change of many invitations',
  organization: 'Organization',
  user: 'Person',
};

export function Subject({ row }: Props) {
  const { subjectType, subjectId, subjectName, subjectEmail, subjectPath } = row;
  if (!subjectId) return <span className="text-ink-soft">—</span>;
  if (subjectEmail !== null)
    return (
      <Person
        name={subjectName ?? ''}
        email={subjectEmail}
        size="sm"
        tone={avatarTone(subjectId)}
        {...(subjectPath && { href: subjectPath })}
      />
    );
  if (subjectType === 'user' && subjectName !== null) return subjectName || nameless;
  const kind = subjectKinds[subjectType] ?? subjectType;
  // The end of its id tells a deleted or nameless record apart from others of its kind.
  const label = subjectName ?? `${kind} ${subjectId.slice(-6)}`;
  return (
    <span className="block min-w-0 leading-[1.2rem]">
      {subjectPath ? (
        <TextLink quiet href={subjectPath}>
          {label}
        </TextLink>
      ) : (
        label
      )}
      {subjectName !== null && <span className="block text-[13px] text-ink-soft">{kind}</span>}
    </span>
  );
}

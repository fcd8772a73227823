import type { Label, Person } from '@/components/table/table-data';
import { personValue } from '@/components/table/values';
import type { AuditRow } from '../list.queries';
import { actorKinds, nameless } from './actor';
import { subjectKinds } from './subject';

/** People outside the reader's view appear by name only, without a link: the reader may not open their pages. */
export function actorValue({ actorKind, actorId, actorName, actorEmail }: AuditRow): Person | Label {
  if (actorKind !== 'user' || !actorId || actorName === null) return { text: actorKinds[actorKind] };
  if (actorEmail === null) return { text: actorName || nameless };
  return personValue({ id: actorId, name: actorName, email: actorEmail, href: `/users/${actorId}` });
}

export function subjectValue(row: AuditRow): Person | Label | null {
  const { subjectType, subjectId, subjectName, subjectEmail } = row;
  if (!subjectId) return null;
  const href = row.subjectPath ?? undefined;
  if (subjectEmail !== null) return personValue({ id: subjectId, name: subjectName ?? '', email: subjectEmail, href });
  if (subjectType === 'user' && subjectName !== null) return { text: subjectName || nameless };
  const kind = subjectKinds[subjectType] ?? subjectType;
  // The end of its id tells a deleted or nameless record apart from others of its kind.
  if (subjectName === null) return { text: `${kind} ${subjectId.slice(-6)}`, href };
  return { text: subjectName, href, note: kind };
}

export function placeValue({ organization, organizationPath }: AuditRow): Label | null {
  return organization ? { text: organization, href: organizationPath ?? undefined } : null;
}

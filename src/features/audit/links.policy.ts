import type { Can } from '@/server/work';
import type { NamedSubject } from './names.queries';

type Subject = NamedSubject & { subjectSlug: string | null; organizationId: string | null };

/** The page of an event's subject; null if it has none or the reader may not open it. */
export function subjectPath(can: Pick<Can, 'may'>, subject: Subject): string | null {
  const { subjectType, subjectId: id, subjectName, subjectEmail, subjectSlug, organizationId } = subject;
  if (!id) return null;
  if (subjectType === 'invitations') return can.may('users.invite', organizationId) ? `/invitations/bulk/${id}` : null;
  if (subjectName === null) return null;
  if (subjectType === 'user') return subjectEmail === null ? null : `/users/${id}`;
  if (subjectType === 'group') return can.may('groups.read', organizationId) ? `/groups/${id}` : null;
  if (subjectType === 'invitation') return can.may('invitations.read', organizationId) ? `/invitations/${id}` : null;
  if (subjectType === 'import') return can.may('users.import', organizationId) ? `/imports/${id}` : null;
  return subjectType === 'organization' ? organizationPath(can, id, subjectSlug) : null;
}

export function organizationPath(can: Pick<Can, 'may'>, id: string | null, slug: string | null): string | null {
  return id && slug && can.may('organizations.read', id) ? `/organizations/${slug}` : null;
}

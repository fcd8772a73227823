import type { Can } from '@/server/work';

/** What the reader may do with a group of this organization, or of the platform. */
export function allowedOn(can: Pick<Can, 'may'>, { organizationId }: { organizationId: string | null }) {
  return {
    edit: can.may('groups.edit', organizationId),
    people: can.may('groups.update', organizationId) && can.may('users.read', organizationId),
    delete: can.may('groups.delete', organizationId),
  };
}

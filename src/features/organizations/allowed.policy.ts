import type { Can } from '@/server/work';

type Organization = { id: string; status: 'active' | 'inactive' | 'archived' };

/** What the reader may do with an organization in this state. */
export function allowedOn(can: Pick<Can, 'may'>, { id, status }: Organization) {
  const mayEnd = can.may('organizations.deactivate', id);
  return {
    people: can.may('users.read', id),
    edit: status !== 'archived' && can.may('organizations.update', id),
    deactivate: status === 'active' && mayEnd,
    reactivate: status === 'inactive' && mayEnd,
  };
}

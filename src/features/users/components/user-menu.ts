import type { RowAction } from '@/components/table/table-data';
import { obstacleText } from '@/lib/obstacle-words';
import type { UserRow } from '../list-rows.queries';
import type { Reader } from './reader';

const ownAccount = 'This is your own account.';

const actions = {
  view: { label: 'View', icon: 'eye', href: '/users/{id}' },
  edit: { label: 'Edit', icon: 'pencil', href: '/users/{id}/edit', shortcut: 'e' },
  editOwn: { label: 'Edit', icon: 'pencil', reason: ownAccount },
  invitation: { label: 'See or resend invitation', icon: 'send', href: '/invitations?show=all&q={ref}' },
  passwordReset: { label: 'Send password reset', icon: 'key', href: '/users/{id}/password-reset' },
  deactivate: { label: 'Deactivate', icon: 'ban', tone: 'bad', href: '/users/{id}/deactivation' },
  deactivateOwn: { label: 'Deactivate', icon: 'ban', reason: ownAccount },
  reactivate: { label: 'Reactivate', icon: 'rotate-ccw', href: '/users/{id}/deactivation' },
  reactivateEnded: { label: 'Reactivate', icon: 'rotate-ccw', reason: obstacleText.ended_by_platform },
} satisfies Record<string, RowAction>;

export const userActions: Record<string, RowAction> = actions;

type Key = keyof typeof actions;

/** What the reader may do with this person, in the order of the menu. */
export function userMenu(user: UserRow, reader: Reader): Key[] {
  const isSelf = user.id === reader.id;
  const entries: [Key, boolean][] = [
    ['view', true],
    ['editOwn', reader.mayUpdate && isSelf],
    ['edit', reader.mayUpdate && !isSelf && user.status !== 'archived'],
    ['invitation', reader.seesInvitations && user.status === 'invited'],
    ['passwordReset', reader.mayResetPasswords && !isSelf && user.status === 'active'],
    ['deactivateOwn', reader.mayDeactivate && isSelf],
    ['deactivate', reader.mayDeactivate && !isSelf && user.status === 'active'],
    ['reactivateEnded', reader.mayDeactivate && user.isEndedByPlatform],
    ['reactivate', reader.mayDeactivate && user.status === 'inactive' && !user.isEndedByPlatform],
  ];
  return entries.filter(([, fits]) => fits).map(([key]) => key);
}

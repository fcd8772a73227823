import type { RowAction } from '@/components/table/table-data';
import type { PlainAction } from '@/lib/form-state';
import { obstacleText } from '@/lib/obstacle-words';
import type { UserRow } from '../list-row-columns.queries';
import type { Reader } from './reader';

const ownAccount = 'This is your own account.';

const actions = {
  view: { label: 'View', icon: 'eye' },
  edit: { label: 'Edit', icon: 'pencil', href: '/users/{id}/edit', shortcut: 'e' },
  editOwn: { label: 'Edit', icon: 'pencil', reason: ownAccount },
  confirm: { label: 'Confirm invitation', icon: 'circle-check', href: '/invitations/{ref}' },
  invitations: { label: 'See invitations', icon: 'send', href: '/invitations?show=all&q={ref}' },
  resend: { label: 'Resend invitation', icon: 'send' },
  cancel: { label: 'Cancel invitation', icon: 'ban', tone: 'bad' },
  passwordReset: { label: 'Send password reset', icon: 'key', href: '/users/{id}/password-reset' },
  deactivate: { label: 'Deactivate', icon: 'ban', tone: 'bad', href: '/users/{id}/deactivation' },
  deactivateOwn: { label: 'Deactivate', icon: 'ban', reason: ownAccount },
  reactivate: { label: 'Reactivate', icon: 'rotate-ccw', href: '/users/{id}/deactivation' },
  reactivateEnded: { label: 'Reactivate', icon: 'rotate-ccw', reason: obstacleText.ended_by_platform },
  archive: { label: 'Archive user', icon: 'archive', tone: 'bad', href: '/users/{id}/archive' },
  restore: { label: 'Restore', icon: 'archive-restore', href: '/users/{id}/archive' },
  restoreEnded: { label: 'Restore', icon: 'archive-restore', reason: obstacleText.archived_by_platform },
} satisfies Record<string, RowAction>;

/** Both take the id of an invitation and where to go afterwards. */
export type InvitationActions = { resend: PlainAction; cancel: PlainAction };

export function userActions({ resend, cancel }: InvitationActions): Record<string, RowAction> {
  return { ...actions, resend: { ...actions.resend, act: resend }, cancel: { ...actions.cancel, act: cancel } };
}

const onlyInvitation = ({ invitations: [first, ...others] }: UserRow) => (others.length === 0 ? first : undefined);

/** The one open invitation, or what finds several. */
export function invitationRef(user: UserRow): string | undefined {
  return user.status === 'invited' ? (onlyInvitation(user)?.id ?? user.email) : undefined;
}

type Key = keyof typeof actions;

/** What the reader may do with this person, in the order of the menu. */
export function userMenu(user: UserRow, reader: Reader): Key[] {
  return fitting(user.status === 'invited' ? ofInvited(user, reader) : ofMember(user, reader));
}

const fitting = (entries: [Key, boolean][]) => entries.filter(([, fits]) => fits).map(([key]) => key);

function ofInvited(user: UserRow, reader: Reader): [Key, boolean][] {
  const only = onlyInvitation(user);
  return [
    ['view', user.href !== null],
    ['edit', reader.mayUpdate && !user.isInvitation],
    ['confirm', only?.isOnHold === true],
    ['resend', only?.isOnHold === false],
    ['cancel', only !== undefined],
    ['invitations', !only && !user.isInvitation && reader.seesInvitations],
  ];
}

function ofMember(user: UserRow, reader: Reader): [Key, boolean][] {
  const isSelf = user.id === reader.id;
  return [
    ['view', true],
    ['editOwn', reader.mayUpdate && isSelf],
    ['edit', reader.mayUpdate && !isSelf && user.status !== 'archived'],
    ['passwordReset', reader.mayResetPasswords && !isSelf && user.status === 'active'],
    ['deactivateOwn', reader.mayDeactivate && isSelf],
    ['deactivate', reader.mayDeactivate && !isSelf && user.status === 'active'],
    ['reactivateEnded', reader.mayDeactivate && user.status === 'inactive' && user.isEndedByPlatform],
    ['reactivate', reader.mayDeactivate && user.status === 'inactive' && !user.isEndedByPlatform],
    ['archive', reader.mayArchive && !isSelf && (user.status === 'active' || user.status === 'inactive')],
    ['restoreEnded', reader.mayArchive && user.status === 'archived' && user.isEndedByPlatform],
    ['restore', reader.mayArchive && user.status === 'archived' && !user.isEndedByPlatform],
  ];
}

export const historyKinds = ['profile', 'access', 'account', 'invitations', 'sign-in'] as const;
export type HistoryKind = (typeof historyKinds)[number];

type Declaration = {
  words: string;
  /** Where a person's history lists it. Default: `account`. */
  kind?: HistoryKind;
  /** Names it had before. Stored events keep theirs: the chain of the audit log covers the name. */
  earlier?: readonly string[];
};

/** Every action that can be audited. A name is in the past tense and never changes; a new one declares the earlier. */
export const auditActions = {
  'access.beyond_own': { words: 'Was refused to grant more than their own access', kind: 'sign-in' },
  'access.denied': { words: 'Was refused access', kind: 'sign-in' },
  'access.foreign_origin': { words: 'A form from another site was refused', kind: 'sign-in' },
  'access.out_of_scope': { words: 'Asked for something outside their access', kind: 'sign-in' },
  'account.export_refused': { words: 'Account export refused' },
  'account.exported': { words: 'Account exported' },
  'audit.export_ended': { words: 'Audit export ended' },
  'audit.exported': { words: 'Audit exported' },
  'group.created': { words: 'Group created', kind: 'access' },
  'group.joined': { words: 'Joined a group', kind: 'access' },
  'group.left': { words: 'Left a group', kind: 'access' },
  'import.applied': { words: 'Import applied' },
  'import.cancelled': { words: 'Import cancelled' },
  'import.confirmed': { words: 'Import confirmed' },
  'import.failed': { words: 'Import failed' },
  'import.failed_rows_taken': { words: 'Failed rows of an import downloaded' },
  'import.prepared': { words: 'Import prepared' },
  'import.refused': { words: 'Import refused' },
  'import.sent_back': { words: 'Import sent back' },
  'import.uploaded': { words: 'Import uploaded' },
  'invitation.accepted': { words: 'Invitation accepted', kind: 'invitations' },
  'invitation.asked': { words: 'New invitation link requested', kind: 'invitations' },
  'invitation.cancelled': { words: 'Invitation cancelled', kind: 'invitations' },
  'invitation.changed': { words: 'Invitation changed', kind: 'invitations' },
  'invitation.confirmed': { words: 'Invitation confirmed', kind: 'invitations' },
  'invitation.created': { words: 'Invitation created', kind: 'invitations' },
  'invitation.expired': { words: 'Invitation expired', kind: 'invitations' },
  'invitation.held': { words: 'Invitation put on hold', kind: 'invitations' },
  'invitation.reminded': { words: 'Invitation reminded', kind: 'invitations' },
  'invitation.resent': { words: 'Invitation resent', kind: 'invitations' },
  'invitations.applied': { words: 'Invitations applied' },
  'invitations.cancelled': { words: 'Invitations cancelled' },
  'invitations.confirmed': { words: 'Invitations confirmed' },
  'invitations.export_ended': { words: 'Invitations export ended' },
  'invitations.exported': { words: 'Invitations exported' },
  'invitations.failed': { words: 'Invitations failed' },
  'invitations.not_done_taken': { words: 'List of unchanged invitations downloaded' },
  'invitations.planned': { words: 'Invitations planned' },
  'invitations.sent_back': { words: 'Invitations sent back' },
  'membership.added': { words: 'Added to an organization', kind: 'access' },
  'membership.changed': { words: 'Roles in an organization changed', kind: 'access' },
  'membership.ended': { words: 'Membership of an organization ended', kind: 'access' },
  'organization.created': { words: 'Organization created' },
  'password.change_refused': { words: 'Password change refused' },
  'password.changed': { words: 'Password changed' },
  'password.help_requested': { words: 'Help with the password requested' },
  'password.help_sent': { words: 'Help with the password sent' },
  'password.reset': { words: 'Password reset' },
  'password.reset_sent': { words: 'Password reset sent' },
  'person.forgotten': { words: 'Personal details deleted' },
  'records.cleaned': { words: 'Records cleaned' },
  'role.granted': { words: 'Platform role granted', kind: 'access' },
  'role.revoked': { words: 'Platform role revoked', kind: 'access' },
  'session.ended': { words: 'Signed out', kind: 'sign-in' },
  'session.refused': { words: 'Sign-in refused', kind: 'sign-in' },
  'session.revoked': { words: 'Session revoked', kind: 'sign-in' },
  'session.started': { words: 'Signed in', kind: 'sign-in' },
  'sessions.revoked': { words: 'Sessions revoked' },
  'source.blocked': { words: 'Too many attempts from one network', kind: 'sign-in' },
  'user.activated': { words: 'Account activated' },
  'user.archived': { words: 'Archived' },
  'user.created': { words: 'Account created' },
  'user.deactivated': { words: 'Deactivated', earlier: ['user.suspended'] },
  'user.email_change_agreed': { words: 'Change of address agreed to by the current address', kind: 'profile' },
  'user.email_change_cancelled': { words: 'Change of address cancelled', kind: 'profile' },
  'user.email_change_confirmed': { words: 'New address confirmed, waiting for the current one', kind: 'profile' },
  'user.email_change_refused': { words: 'Change of address refused', kind: 'profile' },
  'user.email_change_requested': { words: 'Change of address requested', kind: 'profile' },
  'user.email_change_resent': { words: 'Confirmation link for the new address resent', kind: 'profile' },
  'user.email_change_stopped': { words: 'Change of address stopped by the current address', kind: 'profile' },
  'user.email_changed': { words: 'Address changed', kind: 'profile' },
  'user.invited': { words: 'Invited', kind: 'invitations' },
  'user.reactivated': { words: 'Reactivated' },
  'user.restored': { words: 'Restored' },
  'user.unlocked': { words: 'Sign-in unlocked', kind: 'sign-in' },
  'user.updated': { words: 'Profile changed', kind: 'profile' },
  'users.export_ended': { words: 'Users export ended' },
  'users.exported': { words: 'Users exported' },
} as const satisfies Record<string, Declaration>;

export type AuditAction = keyof typeof auditActions;

const declarations: Readonly<Record<string, Declaration>> = auditActions;

const renamed = new Map(
  Object.entries(declarations).flatMap(([name, { earlier = [] }]) => earlier.map((before) => [before, name] as const)),
);

export function currentAction(action: string): string {
  return renamed.get(action) ?? action;
}

/** All names under which events of this action are stored. */
export function storedActions(action: string): string[] {
  const current = currentAction(action);
  return [current, ...(declarationOf(current)?.earlier ?? [])];
}

/** An action in words: `user.deactivated` → "Deactivated". One of another version gets them from its name. */
export function actionWords(action: string): string {
  const named = action.replace(/[._-]/g, ' ').trim();
  return declarationOf(action)?.words ?? named.charAt(0).toUpperCase() + named.slice(1);
}

export function kindOf(action: string): HistoryKind {
  return declarationOf(action)?.kind ?? 'account';
}

function declarationOf(action: string): Declaration | undefined {
  const current = currentAction(action);
  return Object.hasOwn(declarations, current) ? declarations[current] : undefined;
}

import { obstacleText } from '@/lib/obstacle-words';

/** The one error a service throws. Anything else is a bug: it is logged, and the person only sees its reference. */
export const failures = {
  not_found: 'This does not exist, or you do not have access to it.',
  not_allowed: 'You do not have permission to do this. Ask somebody who manages access.',
  origin: 'This request did not come from Rollcall. Open the page again and repeat your change.',
  too_large: 'This is too large. Send less at once.',
  too_many: 'Too many attempts. Wait a few minutes, then try again.',
  busy: 'Too many people are signing in. Wait a few seconds, then try again.',
  blocked: 'There were too many attempts from your network. Wait a quarter of an hour, then try again.',
  changed_meanwhile: 'Somebody changed this while you were looking at it. Check what is there now, then try again.',
  input: 'Check the marked fields.',
  'user.exists': 'Somebody with this address already has an account.',
  'user.outranks': 'This person has the same power as you or more, so you cannot change their account.',
  'user.not_managed': obstacleText.not_managed,
  'user.archived': 'This person is archived, so their access cannot be changed.',
  'user.archived_by_platform': obstacleText.archived_by_platform,
  'user.not_archived': 'This person is not archived.',
  'user.not_active': 'This only works for active people.',
  'user.not_inactive': 'This person is not inactive.',
  'user.not_locked': 'Sign-in is not locked for this person.',
  'user.ended_by_platform': obstacleText.ended_by_platform,
  'user.last_admin': 'This is the last System Admin who can sign in. Make somebody else System Admin first.',
  'user.self': 'You cannot do this to your own account.',
  'grant.beyond_own': 'You can only grant access you have there yourself.',
  'grant.scope': 'This role cannot be granted here.',
  'role.unknown': 'There is no such role.',
  'group.unknown': 'There is no such group.',
  'group.exists': 'There is already a group with this name.',
  'group.outranked':
    'Somebody in this group has the same power as you or more. Only a System Admin can change its roles or delete it.',
  'organization.unknown': 'There is no such organization.',
  'organization.slug_taken': 'Another organization has this slug. Choose another one.',
  'organization.not_active': 'This organization is not active.',
  'organization.not_inactive': 'This organization is not inactive.',
  'membership.exists': 'This person is already a member there. Change their roles instead.',
  'organization.one_only': 'This person already belongs to another organization.',
  'invitation.not_open': 'This invitation is no longer open.',
  'invitation.expired': 'This link has expired. Ask for a new one.',
  'invitation.used': 'This link was used or replaced. Open the newest email, or sign in.',
  'invitation.on_hold':
    'The person who invited you can no longer grant this access. You get a new email when another admin confirms it.',
  'email.unconfirmed':
    'Nobody has confirmed the address of this account. Choose a new password with “Forgot your password?” on the sign-in page, then open the invitation again.',
  'email_change.expired': 'This link has expired, or it was used or replaced. Ask for a new one.',
  'email_change.none': 'No new address is waiting to be confirmed.',
  'email_change.ended': 'This request has ended, so there is nothing to decide any more.',
  'email_change.waiting': 'The new address has confirmed already. The change waits for the current address.',
  'email_change.same': 'This is already the address.',
  'email_change.taken': 'This address belongs to another account now. Nothing was changed.',
  'email_change.withdrawn':
    'The person who asked for this can no longer change your account. Nothing was changed. Ask an admin again.',
  'reset.expired': 'This link has expired or was used. Ask for a new one.',
  'password.wrong': 'This is not your current password.',
  'password.expired': 'This initial password has expired.',
  'password.same': 'Choose a password that differs from the current one.',
  'plan.state': 'This step is no longer possible. The page shows the current state.',
  'plan.stale': 'Some of the roles or groups it grants were changed after the review. Review it again.',
  'upload.refused': 'This file cannot be read.',
} as const;

export type FailCode = keyof typeof failures;

type FailOptions = {
  field?: string | undefined;
  /** Replaces the catalogue's words when a reason needs a value. Never secrets, never vendor messages. */
  detail?: string | undefined;
  /** For `input`: sentences by field, every issue at once. */
  errors?: Record<string, string[]> | undefined;
};

export class Fail extends Error {
  override readonly name = 'Fail';
  readonly field: string | undefined;
  readonly detail: string | undefined;
  readonly errors: Record<string, string[]> | undefined;

  constructor(
    readonly code: FailCode,
    { field, detail, errors }: FailOptions = {},
  ) {
    super(code);
    this.field = field;
    this.detail = detail;
    this.errors = errors;
  }

  get words(): string {
    return this.detail ?? failures[this.code];
  }
}

/**
 * The one error a service throws. The code comes from this closed list; the words beside it are what a person reads.
 * Anything else that is thrown is a bug: it is logged, and shown as a reference only.
 */
export const failures = {
  not_found: 'There is nothing here, or it is not yours to see.',
  not_allowed: 'You may not do this. Ask somebody who manages access.',
  origin: 'This request did not come from Rollcall. Open the page again and repeat what you did.',
  too_large: 'This is too large. Send less at once.',
  too_many: 'This was tried too often. Wait a few minutes, then try again.',
  changed_meanwhile: 'Somebody changed this while you were looking at it. Check what is there now, then try again.',
  input: 'Check the marked fields.',
  'user.exists': 'Somebody with this address already has an account.',
  'user.outranks': 'This person has the same power as you or more, so you cannot change their account.',
  'user.not_managed': 'This account is managed by the platform.',
  'user.archived': 'This person is archived, so nothing about their access can be changed.',
  'user.not_active': 'This only works for active people.',
  'user.not_inactive': 'This person is not inactive.',
  'user.last_admin': 'This is the last System Admin who can sign in. Make somebody else System Admin first.',
  'user.self': 'You cannot do this to your own account.',
  'grant.beyond_own': 'You can only grant access you have there yourself.',
  'grant.scope': 'This role cannot be given here.',
  'role.unknown': 'There is no such role.',
  'group.unknown': 'There is no such group.',
  'group.exists': 'There is already a group with this name.',
  'organization.unknown': 'There is no such organization.',
  'membership.exists': 'This person is already a member there. Change their roles instead.',
  'organization.one_only': 'This person already belongs to another organization.',
  'invitation.not_open': 'This invitation is no longer open.',
  'invitation.expired': 'This link has expired. Ask for a new one.',
  'invitation.used': 'This link was used or replaced. Open the newest email, or sign in.',
  'invitation.on_hold':
    'The person who invited you may no longer grant this access. Another admin has to confirm it; you then get a new email.',
  'email_change.expired': 'This link was used, replaced or has expired. Ask for a new one.',
  'email_change.none': 'No new address waits to be confirmed.',
  'email_change.same': 'This is already the address.',
  'email_change.taken': 'This address belongs to another account now. Nothing was changed.',
  'email_change.withdrawn':
    'The person who asked for this may no longer change your account. Nothing was changed. Ask an admin again.',
  'reset.expired': 'This link has expired or was used. Ask for a new one.',
  'password.wrong': 'This is not your current password.',
  'password.same': 'Choose a password that differs from the current one.',
  'plan.state': 'This step is no longer possible. The page shows where the work stands now.',
  'plan.stale': 'Roles or groups that this grants were changed after the review. Review it again.',
  'upload.refused': 'This file cannot be read.',
} as const;

export type FailCode = keyof typeof failures;

type FailOptions = {
  /** The form field it belongs to. */
  field?: string | undefined;
  /** Words that replace the catalogue's, for reasons that need a value; never secrets, never vendor messages. */
  detail?: string | undefined;
  /** Sentences by field, for `input`: every issue at once. */
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

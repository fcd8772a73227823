type NoticeWords = { tone: 'info' | 'good' | 'warn' | 'bad'; text: string };

/** The address carries only the code, so a link cannot put somebody else's words on a page. */
export const notices = {
  'account.activated': { tone: 'good', text: 'Your account is active and you are signed in.' },
  'account.preferences-saved': { tone: 'good', text: 'Your preferences are saved. They apply wherever you sign in.' },
  'account.saved': { tone: 'good', text: 'Your profile is saved.' },
  'account.session-ended': { tone: 'good', text: 'That session is signed out.' },
  'account.sessions-ended': { tone: 'good', text: 'Your other sessions are signed out.' },
  'account.unchanged': { tone: 'info', text: 'Nothing was changed: the values are the same as before.' },
  'account.password-changed': { tone: 'good', text: 'Your password was changed. Your other sessions were ended.' },
  'group.created': { tone: 'good', text: 'The group is created. Nobody is in it yet.' },
  'group.deleted': {
    tone: 'good',
    text: 'The group is deleted. Its roles end with the next click of everybody in it.',
  },
  'group.member-added': {
    tone: 'good',
    text: 'This person is in the group now. Its roles apply from their next click.',
  },
  'group.member-removed': {
    tone: 'good',
    text: 'This person is no longer in the group. Its roles end with their next click.',
  },
  'group.members-unchanged': { tone: 'info', text: 'Nothing was changed: the group is as you wanted it already.' },
  'group.unchanged': { tone: 'info', text: 'Nothing was changed: the values are the same as before.' },
  'group.updated': {
    tone: 'good',
    text: 'The group was saved. Changes of its roles apply from the next click of its people.',
  },
  'groups.changed': { tone: 'good', text: 'The groups were changed. This takes effect with their next click.' },
  'groups.unchanged': { tone: 'info', text: 'Nothing was changed: this person is already in these groups.' },
  'invitation.asked': { tone: 'good', text: 'The person who invited you was asked for a new link.' },
  'import.cancelled': { tone: 'info', text: 'The import was stopped. Changes made before that are kept.' },
  'import.discarded': { tone: 'info', text: 'This import was discarded. Nothing was imported; its file is deleted.' },
  'invitation.cancelled': { tone: 'good', text: 'The invitation was cancelled. Its link no longer works.' },
  'invitation.confirmed': { tone: 'good', text: 'You confirmed this invitation. A new link is on its way.' },
  'invitation.not-allowed': { tone: 'warn', text: 'Nothing was changed: you do not have permission to do this.' },
  'invitation.not-open': { tone: 'warn', text: 'Nothing was changed: this invitation is no longer open.' },
  'invitation.on-hold': {
    tone: 'warn',
    text: 'It was not sent again: this invitation needs confirmation first. Open it to confirm it.',
  },
  'invitation.over-quota': {
    tone: 'warn',
    text: 'It was not sent again: its organization has used up its emails for this hour. Its link still works.',
  },
  'invitation.replaced': {
    tone: 'warn',
    text: 'It was not sent again: a newer invitation to this address is open.',
  },
  'invitation.resent-too-often': {
    tone: 'warn',
    text: 'It was not sent again: this was done too often today. Its link still works. Try again tomorrow.',
  },
  'invitation.unknown': {
    tone: 'warn',
    text: 'Nothing was changed: this invitation does not exist, or you do not have access to it.',
  },
  'invitation.joined': { tone: 'good', text: 'You accepted the invitation.' },
  'invitation.resent': { tone: 'good', text: 'A new invitation is on its way. Earlier links no longer work.' },
  'invitation.sent': { tone: 'good', text: 'The invitation is on its way.' },
  'invitation.waits': {
    tone: 'info',
    text: 'The invitation is saved. Its organization has used up its emails for now, so it leaves later: see below.',
  },
  'invitations.left': { tone: 'info', text: 'Nothing was changed. All invitations stay as they are.' },
  'invitations.stopped': { tone: 'info', text: 'This was stopped. Changes made before that are kept.' },
  'membership.added': { tone: 'good', text: 'This person is a member now. The roles apply at once.' },
  'membership.changed': { tone: 'good', text: 'The roles were changed. This takes effect with their next click.' },
  'membership.ended': { tone: 'good', text: 'The membership has ended. Its access ends with their next click.' },
  'membership.unchanged': { tone: 'info', text: 'Nothing was changed: this person already has these roles.' },
  'organization.created': { tone: 'good', text: 'The organization is created. Add its first people below.' },
  'organization.deactivated': {
    tone: 'good',
    text: 'The organization is deactivated. Its roles grant nothing from its people’s next click on.',
  },
  'organization.reactivated': { tone: 'good', text: 'The organization is active again, with everything it had.' },
  'organization.unchanged': { tone: 'info', text: 'Nothing was changed: the values are the same as before.' },
  'organization.updated': { tone: 'good', text: 'The organization was saved.' },
  'password.reset': { tone: 'good', text: 'Your new password is set. Sign in with it.' },
  'rollcall.set-up': { tone: 'good', text: 'Rollcall is set up. You are its first System Admin.' },
  'session.ended': { tone: 'info', text: 'You are signed out.' },
  'session.ended-unsaved': { tone: 'info', text: 'You are signed out. What you had typed was not saved.' },
  'user.archived': { tone: 'good', text: 'This person is archived and signed out everywhere.' },
  'user.restored': { tone: 'good', text: 'This person is restored, with the status and the access they had.' },
  'user.reactivated': { tone: 'good', text: 'This person can sign in again, with the password they had.' },
  'user.deactivated': { tone: 'good', text: 'This person is deactivated and signed out everywhere.' },
  'user.email-change-cancelled': {
    tone: 'good',
    text: 'The change of address was cancelled. Its link no longer works.',
  },
  'user.email-change-requested': { tone: 'good', text: 'A link is on its way to the new address.' },
  'user.email-changed': { tone: 'good', text: 'The address was changed. Both addresses get an email.' },
  'user.password-reset-sent': { tone: 'good', text: 'A link to choose a new password is on its way to this person.' },
  'user.unlocked': { tone: 'good', text: 'Sign-in is unlocked. This person can try again at once.' },
  'user.updated': { tone: 'good', text: 'The profile was saved.' },
  'user.unchanged': { tone: 'info', text: 'Nothing was changed: the values are the same as before.' },
} as const satisfies Record<string, NoticeWords>;

/** Holds the code of a notice until its page is opened for the first time. */
export const noticeCookie = 'notice';

export type NoticeCode = keyof typeof notices;

export function findNotice(code: unknown): NoticeWords | null {
  return typeof code === 'string' && Object.hasOwn(notices, code) ? notices[code as NoticeCode] : null;
}

import { placeActions } from './policy-places';
import type { ActionPolicy } from './policy-types';

const newPassword = 'nine amber lanterns swing';

const resend: ActionPolicy = { permission: 'users.invite', of: 'invitation', field: 'id', states: ['open', 'expired'] };
const cancel: ActionPolicy = { ...resend, states: ['open', 'expired', 'on hold'] };

/** The actions of `policy.ts`: who may send which form. */
export const actions: Record<string, ActionPolicy> = {
  ...placeActions,
  'account.preferences': {
    permission: 'account.own',
    form: () => ({ timeZone: 'Europe/Berlin', dateFormat: 'month-first', singleKeys: 'on' }),
    unaudited: true,
  },
  'account.profile': {
    permission: 'account.own',
    form: () => ({ version: '1', firstName: 'Nora', lastName: 'Newname', phone: '', extension: '204' }),
  },
  'account.session.end': { permission: 'account.own', of: 'session', field: 'id', rule: 'own', states: ['live'] },
  'account.sessions.end-others': { permission: 'account.own' },
  'account.single-keys': { permission: 'account.own', form: () => ({ singleKeys: 'off' }), unaudited: true },
  'email-change.agree': { permission: 'public', of: 'email consent link', field: 'token', states: ['waiting'] },
  'email-change.cancel': {
    permission: 'users.update',
    of: 'email change',
    field: 'id',
    states: ['open'],
    rule: 'managed',
  },
  'email-change.cancel-own': {
    permission: 'account.own',
    before: `
      INSERT INTO email_change (id, user_id, requested_by, email, previous, token_hash, expires_at)
      SELECT gen_random_uuid(), id, id, 'new-' || email, email, sha256(id::text::bytea), now() + interval '1 day'
        FROM "user" WHERE first_name = 'Actor'
          ON CONFLICT DO NOTHING`,
  },
  'email-change.confirm': { permission: 'public', of: 'email change link', field: 'token', states: ['open'] },
  'email-change.request': {
    permission: 'users.update',
    of: 'user',
    field: 'id',
    states: ['active', 'inactive'],
    rule: 'managed',
    form: () => ({ email: 'moved@example.org', how: 'link' }),
  },
  'email-change.request-own': {
    permission: 'account.own',
    form: (world) => ({ email: 'moved@example.org', currentPassword: world.password }),
  },
  'email-change.resend': {
    permission: 'users.update',
    of: 'email change',
    field: 'id',
    states: ['open'],
    rule: 'managed',
  },
  'email-change.stop': { permission: 'public', of: 'email consent link', field: 'token', states: ['waiting'] },
  'import.cancel': { permission: 'users.import', of: 'import', field: 'id', states: ['staged', 'ready'] },
  'import.confirm': {
    permission: 'users.import',
    of: 'import',
    field: 'id',
    states: ['ready'],
    rule: 'own',
    form: (_world, target) => ({ hash: target.extra?.hash ?? '' }),
  },
  'import.revalidate': { permission: 'users.import', of: 'import', field: 'id', states: ['ready'], rule: 'own' },
  'import.prepare': {
    permission: 'users.import',
    of: 'import',
    field: 'id',
    states: ['staged', 'ready'],
    rule: 'own',
    form: () => ({ columns: ['email', 'firstName', 'lastName'], existing: 'skip', suspended: 'leave_out' }),
  },
  'invitation.accept': {
    permission: 'public',
    of: 'invitation link',
    field: 'token',
    states: ['open'],
    form: () => ({ firstName: 'Noor', lastName: 'Newcomer', password: newPassword }),
  },
  'invitation.request-new-link': {
    permission: 'public',
    of: 'invitation link',
    field: 'token',
    states: ['expired'],
    answersAlike: true,
  },
  'invitation.cancel': cancel,
  'invitation.cancel-at-once': cancel,
  'invitation.confirm': { permission: 'users.invite', of: 'invitation', field: 'id', states: ['on hold'] },
  'invitation.join': { permission: 'account.own', of: 'joining link', field: 'token', rule: 'own' },
  'invitation.resend': resend,
  'invitation.resend-at-once': resend,
  'invitations.cancel-bulk': { permission: 'users.invite', of: 'bulk action', field: 'id' },
  'invitations.confirm-bulk': {
    permission: 'users.invite',
    of: 'bulk action',
    field: 'id',
    rule: 'own',
    form: (_world, target) => ({ hash: target.extra?.hash ?? '' }),
  },
  'invitations.plan': {
    permission: 'users.invite',
    of: 'invitation',
    field: 'ids',
    form: () => ({ do: 'resend' }),
  },
  'membership.add': {
    permission: 'memberships.create',
    of: 'user',
    field: 'id',
    states: ['active', 'inactive'],
    rule: 'unplaced',
    form: () => ({ organization: 'first-house', roles: ['viewer'] }),
  },
  // A membership belongs to its organization, so its admin may change it even if the person is in both organizations.
  'membership.change': {
    permission: 'memberships.update',
    of: 'membership',
    field: 'id',
    states: ['active', 'inactive'],
    rule: 'managed',
    form: (_world, target) => ({
      organization: target.extra?.organization ?? 'first-house',
      version: '1',
      roles: ['viewer'],
    }),
  },
  'membership.end': {
    permission: 'memberships.end',
    of: 'membership',
    field: 'id',
    rule: 'managed',
    form: (_world, target) => ({ organization: target.extra?.organization ?? 'first-house', version: '1', reason: '' }),
  },
  'password.change': {
    permission: 'session.own',
    form: (world) => ({ currentPassword: world.password, newPassword, next: '' }),
  },
  'password.forgot': { permission: 'public', form: () => ({ email: 'somebody@example.org' }) },
  'password.reset': {
    permission: 'public',
    of: 'reset link',
    field: 'token',
    states: ['open'],
    form: () => ({ newPassword }),
  },
  'home.hide-waiting': {
    permission: 'account.own',
    form: () => ({ item: 'unanswered', until: 'day', count: '1' }),
    unaudited: true,
  },
  'preference.lists.users': {
    permission: 'users.read',
    form: () => ({ columns: ['email', 'status'], density: 'compact', size: '25', returnTo: '/users' }),
    unaudited: true,
  },
  'rollcall.set-up': {
    permission: 'public',
    of: 'set-up link',
    field: 'token',
    states: ['open'],
    form: () => ({ firstName: 'Ada', lastName: 'First', email: 'ada@example.org', password: newPassword }),
    before: `DELETE FROM user_role WHERE role_id = (SELECT id FROM role WHERE key = 'system-admin')`,
  },
  'session.end': { permission: 'session.own' },
  'user.change-roles': {
    permission: 'roles.grant',
    of: 'user',
    field: 'id',
    states: ['active', 'inactive'],
    rule: 'managed',
    form: () => ({ version: '1', roles: ['author'] }),
  },
  'user.invite': {
    permission: 'users.invite',
    of: 'organization',
    field: 'organization',
    states: ['active'],
    form: () => ({
      email: 'noor@example.org',
      firstName: 'Noor',
      lastName: 'Newcomer',
      how: 'invitation',
      intent: 'send',
    }),
  },
  'user.reactivate': {
    permission: 'users.deactivate',
    of: 'user',
    field: 'id',
    states: ['inactive'],
    rule: 'managed',
    undoesEnding: true,
    form: () => ({ reason: 'Back again' }),
  },
  'user.deactivate': {
    permission: 'users.deactivate',
    of: 'user',
    field: 'id',
    states: ['active'],
    rule: 'managed',
    form: () => ({ reason: 'On leave', until: '' }),
  },
  'user.send-password-reset': {
    permission: 'users.reset-password',
    of: 'user',
    field: 'id',
    states: ['active'],
    rule: 'managed',
    before: `UPDATE "user" SET email_verified_at = now()`,
  },
  'user.unlock': {
    permission: 'users.reset-password',
    of: 'user',
    field: 'id',
    states: ['active'],
    rule: 'managed',
    before: ({ signInCounters }) => `
      INSERT INTO throttle (key, failures, window_start, blocked_until)
      SELECT key, 5, now(), now() + interval '1 hour' FROM unnest('{${signInCounters.join(',')}}'::text[]) key`,
  },
  'user.update': {
    permission: 'users.update',
    of: 'user',
    field: 'id',
    states: ['active', 'inactive'],
    rule: 'managed',
    form: () => ({ version: '1', firstName: 'Edited', lastName: 'Person', phone: '+442079460000', extension: '12' }),
  },
};

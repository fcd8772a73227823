import type { ActionPolicy } from './policy-types';

const newPassword = 'nine amber lanterns swing';

/** Who may send which form; a part of `policy.ts`. */
export const actions: Record<string, ActionPolicy> = {
  'emailChange.cancel': {
    permission: 'users.update',
    of: 'email change',
    field: 'id',
    states: ['open'],
    rule: 'managed',
  },
  'emailChange.cancelOwn': {
    permission: 'account.own',
    before: `
      INSERT INTO email_change (id, user_id, requested_by, email, previous, token_hash, expires_at)
      SELECT gen_random_uuid(), id, id, 'new-' || email, email, sha256(id::text::bytea), now() + interval '1 day'
        FROM "user" WHERE first_name = 'Actor'
          ON CONFLICT DO NOTHING`,
  },
  'emailChange.confirm': { permission: 'public', of: 'email change link', field: 'token', states: ['open'] },
  'emailChange.request': {
    permission: 'users.update',
    of: 'user',
    field: 'id',
    states: ['active', 'inactive'],
    rule: 'managed',
    form: () => ({ email: 'moved@example.org', how: 'link' }),
  },
  'emailChange.requestOwn': {
    permission: 'account.own',
    form: (world) => ({ email: 'moved@example.org', currentPassword: world.password }),
  },
  'emailChange.resend': {
    permission: 'users.update',
    of: 'email change',
    field: 'id',
    states: ['open'],
    rule: 'managed',
  },
  'import.cancel': { permission: 'users.import', of: 'import', field: 'id', states: ['staged', 'ready'] },
  'import.confirm': {
    permission: 'users.import',
    of: 'import',
    field: 'id',
    states: ['ready'],
    rule: 'own',
    form: (_world, target) => ({ hash: target.extra?.hash ?? '' }),
  },
  'import.judge-again': { permission: 'users.import', of: 'import', field: 'id', states: ['ready'], rule: 'own' },
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
  'invitation.askAgain': {
    permission: 'public',
    of: 'invitation link',
    field: 'token',
    states: ['expired'],
    answersAlike: true,
  },
  'invitation.cancel': {
    permission: 'users.invite',
    of: 'invitation',
    field: 'id',
    states: ['open', 'expired', 'held'],
  },
  'invitation.confirm': { permission: 'users.invite', of: 'invitation', field: 'id', states: ['held'] },
  'invitation.join': { permission: 'account.own', of: 'joining link', field: 'token', rule: 'own' },
  'invitation.resend': {
    permission: 'users.invite',
    of: 'invitation',
    field: 'id',
    states: ['open', 'expired', 'held'],
  },
  'invitations.cancelBulk': { permission: 'users.invite', of: 'bulk change', field: 'id' },
  'invitations.confirmBulk': {
    permission: 'users.invite',
    of: 'bulk change',
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
    permission: 'users.suspend',
    of: 'user',
    field: 'id',
    states: ['inactive'],
    rule: 'managed',
    form: () => ({ reason: 'Back again' }),
  },
  'user.suspend': {
    permission: 'users.suspend',
    of: 'user',
    field: 'id',
    states: ['active'],
    rule: 'managed',
    form: () => ({ reason: 'On leave', until: '' }),
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

import type { Permission } from '@/lib/permissions';
import type { Target, TargetKind, World } from './support/world';

/**
 * Who may call what: every page, route handler and action of Rollcall. This is the document and the test's input at
 * once; an entry point that is missing here fails the suite, and so does an entry that leads nowhere.
 *
 * What is written here is who *may*. What follows for each person and each record is computed from the roles they hold.
 */
export type Needs = Permission | 'public';

export type PagePolicy = {
  permission: Needs;
  /** Needed beside it. */
  also?: Permission;
  /** The kind of record its address names; the parameter's name is in the route. */
  of?: TargetKind;
  /** Not there in the suite's world, for anybody: it belongs to a part that is not running. */
  absent?: true;
  /** Leads some people elsewhere: those signed in already, or when there is nothing left to do. */
  leadsOn?: true;
  /** Says what the record is called to whoever knows its address. */
  tellsName?: true;
};

export const pages: Record<string, PagePolicy> = {
  '/': { permission: 'account.own' },
  '/account': { permission: 'account.own' },
  '/account/password': { permission: 'session.own' },
  '/activate/[token]': { permission: 'public', of: 'invitation link' },
  '/audit': { permission: 'audit.read' },
  '/audit/[id]': { permission: 'audit.read', of: 'audit event' },
  '/emails': { permission: 'emails.read' },
  '/emails/[id]': { permission: 'emails.read', of: 'email' },
  '/forgot-password': { permission: 'public' },
  '/groups': { permission: 'groups.read' },
  '/groups/[id]': { permission: 'groups.read', of: 'group' },
  '/imports': { permission: 'users.import' },
  '/imports/new': { permission: 'users.import' },
  '/imports/[id]': { permission: 'users.import', of: 'import' },
  '/invitations': { permission: 'invitations.read' },
  '/invitations/[id]': { permission: 'invitations.read', of: 'invitation' },
  '/invitations/[id]/cancellation': {
    permission: 'users.invite',
    also: 'invitations.read',
    of: 'invitation',
    leadsOn: true,
  },
  '/invitations/bulk/[id]': { permission: 'users.invite', of: 'bulk change' },
  // Only where the mailbox runs: on loopback, without a mail server. There it shows everybody's mail to everybody.
  '/mailbox': { permission: 'public', absent: true },
  '/mailbox/[id]': { permission: 'public', of: 'mailbox', absent: true },
  // The door of an organization, with its name on it.
  '/o/[slug]': { permission: 'public', of: 'organization slug', leadsOn: true, tellsName: true },
  '/organizations': { permission: 'organizations.read' },
  '/organizations/[slug]': { permission: 'organizations.read', of: 'organization slug' },
  '/reset-password/[token]': { permission: 'public', of: 'reset link' },
  '/roles': { permission: 'roles.read' },
  '/roles/[key]': { permission: 'roles.read', of: 'role key' },
  '/roles/matrix': { permission: 'roles.read' },
  '/set-up/[token]': { permission: 'public', of: 'set-up link' },
  '/sign-in': { permission: 'public', leadsOn: true },
  '/users': { permission: 'users.read' },
  '/users/[id]': { permission: 'users.read', of: 'user' },
  '/users/[id]/access': { permission: 'users.read', of: 'user' },
  '/users/[id]/edit': { permission: 'users.read', also: 'users.update', of: 'user' },
  '/users/[id]/suspension': { permission: 'users.read', also: 'users.suspend', of: 'user' },
  '/users/new': { permission: 'users.invite' },
};

export type RoutePolicy = {
  permission: Needs;
  of?: TargetKind;
  /** In which states of the record it answers. */
  states?: string[];
  absent?: true;
  /** What is posted, in which field, by whoever may. */
  upload?: { field: string; name: string; content: string };
};

export const routes: Record<string, RoutePolicy> = {
  'GET /api/health': { permission: 'public' },
  'GET /api/ready': { permission: 'public' },
  // Answers 404: of what next-auth offers only two POSTs can be reached: next-path.test.ts signs in by one.
  'GET /api/auth/[...nextauth]': { permission: 'public', absent: true },
  'POST /api/auth/[...nextauth]': { permission: 'public', absent: true },
  'POST /api/imports': {
    permission: 'users.import',
    upload: { field: 'file', name: 'people.csv', content: 'email,first name\nnoor@example.org,Noor\n' },
  },
  'GET /api/palette': { permission: 'account.own' },
  'GET /icon.svg': { permission: 'public' },
  'GET /imports/[id]/failed-rows': { permission: 'users.import', of: 'import', states: ['ready'] },
  'GET /imports/[id]/progress': { permission: 'users.import', of: 'import' },
  'GET /invitations/bulk/[id]/progress': { permission: 'users.invite', of: 'bulk change' },
  'GET /imports/templates/[name]': { permission: 'users.import', of: 'template' },
};

export type Fields = Record<string, string | string[]>;

export type ActionPolicy = {
  permission: Needs;
  /** What it is done to, and the field that names it. */
  of?: TargetKind;
  field?: string;
  /** The other fields of a form that changes rows for whoever may. */
  form?(world: World, target: Target): Fields;
  /** In which states of the record it can be done; nothing is any. */
  states?: string[];
  /** Beyond the permission: the record is the caller's own, or the whole person is theirs to manage. */
  rule?: 'own' | 'managed';
  /** Changes the caller's own rows only, so it writes no event for others to read. */
  unaudited?: true;
  /** Says the same whatever became of it, so that nobody learns anything by asking. */
  answersAlike?: true;
  /** SQL that makes the world ready for it. */
  before?: string;
};

const newPassword = 'nine amber lanterns swing';

export const actions: Record<string, ActionPolicy> = {
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

import type { LayoutPolicy, PagePolicy, RoutePolicy } from './policy-types';

export { actions } from './policy-actions';
export type { ActionPolicy, Fields, Needs, PagePolicy, RoutePolicy } from './policy-types';

/**
 * Who may call each page, route handler and action of Rollcall. The suite fails if an entry point is missing here, or
 * if an entry here is not in the build. The expected result for each person and record is computed from their roles.
 */

export const pages: Record<string, PagePolicy> = {
  '/': { permission: 'account.own' },
  // The same pages again, as the router opens them over another page.
  '/(.)invitations/[id]/cancellation': {
    permission: 'users.invite',
    also: 'invitations.read',
    of: 'invitation',
    redirects: true,
  },
  '/(.)groups/[id]/deletion': { permission: 'groups.read', also: 'groups.delete', of: 'group' },
  '/(.)organizations/[slug]/deactivation': {
    permission: 'organizations.read',
    also: 'organizations.deactivate',
    of: 'organization slug',
  },
  '/(.)users/[id]/access/membership/ending': { permission: 'users.read', also: 'memberships.end', of: 'user' },
  '/(.)users/[id]/archive': { permission: 'users.read', also: 'users.archive', of: 'user' },
  '/(.)users/[id]/deactivation': { permission: 'users.read', also: 'users.deactivate', of: 'user' },
  '/(.)users/[id]/password-reset': { permission: 'users.read', also: 'users.reset-password', of: 'user' },
  '/account': { permission: 'account.own' },
  '/account/access': { permission: 'account.own' },
  '/account/data': { permission: 'account.own' },
  '/account/password': { permission: 'session.own' },
  '/account/preferences': { permission: 'account.own' },
  '/account/sessions': { permission: 'account.own' },
  '/account/sign-ins': { permission: 'account.own' },
  '/activate/[token]': { permission: 'public', of: 'invitation link' },
  '/audit': { permission: 'audit.read' },
  '/audit/export': { permission: 'audit.read' },
  '/audit/[id]': { permission: 'audit.read', of: 'audit event' },
  '/account/email': { permission: 'account.own' },
  '/confirm-email/[token]': { permission: 'public', of: 'email change link' },
  '/email-change/[token]': { permission: 'public', of: 'email consent link' },
  '/emails': { permission: 'emails.read' },
  '/emails/[id]': { permission: 'emails.read', of: 'email' },
  '/forgot-password': { permission: 'public' },
  '/groups': { permission: 'groups.read' },
  '/groups/[id]': { permission: 'groups.read', of: 'group' },
  '/groups/new': { permission: 'groups.read', also: 'groups.create' },
  '/groups/[id]/deletion': { permission: 'groups.read', also: 'groups.delete', of: 'group' },
  '/groups/[id]/edit': { permission: 'groups.read', also: 'groups.edit', of: 'group' },
  '/groups/[id]/members': { permission: 'groups.read', also: 'groups.update', of: 'group' },
  '/help': { permission: 'public' },
  '/help/[guide]': { permission: 'public', of: 'guide' },
  '/imports': { permission: 'users.import' },
  '/imports/new': { permission: 'users.import' },
  '/imports/[id]': { permission: 'users.import', of: 'import' },
  '/invitations': { permission: 'invitations.read' },
  '/invitations/export': { permission: 'invitations.read', also: 'users.export' },
  '/invitations/[id]': { permission: 'invitations.read', of: 'invitation' },
  '/invitations/[id]/cancellation': {
    permission: 'users.invite',
    also: 'invitations.read',
    of: 'invitation',
    redirects: true,
  },
  '/invitations/bulk/[id]': { permission: 'users.invite', of: 'bulk action' },
  // The mailbox runs only on loopback without a mail server. There it shows all mail to everybody.
  '/mailbox': { permission: 'public', absent: true },
  '/mailbox/[id]': { permission: 'public', of: 'mailbox', absent: true },
  // The sign-in page of an organization, which shows its name.
  '/o/[slug]': { permission: 'public', of: 'organization slug', redirects: true },
  '/organizations': { permission: 'organizations.read' },
  '/organizations/[slug]': { permission: 'organizations.read', of: 'organization slug' },
  '/organizations/new': { permission: 'organizations.read', also: 'organizations.create' },
  '/organizations/[slug]/deactivation': {
    permission: 'organizations.read',
    also: 'organizations.deactivate',
    of: 'organization slug',
  },
  '/organizations/[slug]/edit': {
    permission: 'organizations.read',
    also: 'organizations.update',
    of: 'organization slug',
  },
  '/organizations/[slug]/people/new': {
    permission: 'organizations.read',
    also: 'memberships.create',
    of: 'organization slug',
  },
  '/reset-password/[token]': { permission: 'public', of: 'reset link' },
  '/roles': { permission: 'roles.read' },
  '/roles/[key]': { permission: 'roles.read', of: 'role key' },
  '/roles/matrix': { permission: 'roles.read' },
  '/search': { permission: 'account.own' },
  '/set-up/[token]': { permission: 'public', of: 'set-up link' },
  '/sign-in': { permission: 'public', redirects: true },
  '/users': { permission: 'users.read' },
  '/users/export': { permission: 'users.read', also: 'users.export' },
  '/users/[id]': { permission: 'users.read', of: 'user' },
  '/users/[id]/access': { permission: 'users.read', of: 'user' },
  '/users/[id]/edit': { permission: 'users.read', also: 'users.update', of: 'user' },
  '/users/[id]/email': { permission: 'users.read', also: 'users.update', of: 'user' },
  // The address names the organization. It is looked up among those in which the reader sees this person.
  '/users/[id]/access/membership': { permission: 'users.read', also: 'memberships.update', of: 'user' },
  '/users/[id]/access/membership/ending': { permission: 'users.read', also: 'memberships.end', of: 'user' },
  '/users/[id]/access/membership/new': { permission: 'users.read', also: 'memberships.create', of: 'user' },
  '/users/[id]/access/groups': { permission: 'users.read', also: 'groups.update', of: 'user' },
  '/users/[id]/access/roles': { permission: 'users.read', also: 'roles.grant', of: 'user' },
  '/users/[id]/history': { permission: 'users.read', also: 'audit.read', of: 'user' },
  '/users/[id]/archive': { permission: 'users.read', also: 'users.archive', of: 'user' },
  '/users/[id]/deactivation': { permission: 'users.read', also: 'users.deactivate', of: 'user' },
  '/users/[id]/password-reset': { permission: 'users.read', also: 'users.reset-password', of: 'user' },
  '/users/new': { permission: 'users.invite' },
};

export const layouts: Record<string, LayoutPolicy> = {
  '/layout.tsx': { shows: 'the same to everybody' },
  '/(console)/layout.tsx': { shows: 'what the viewer may open' },
  '/(public)/mailbox/layout.tsx': { shows: 'the same to everybody' },
};

/** The handlers that are not made by `route()` or `readRoute()`, because they answer before anybody signs in, or must not touch the session. */
export const bareRoutes = ['/api/auth/[...nextauth]', '/api/health', '/api/ready', '/api/session'];

export const routes: Record<string, RoutePolicy> = {
  'GET /api/health': { permission: 'public' },
  'GET /api/ready': { permission: 'public' },
  // Answers 404. Only two POSTs of next-auth are reachable; next-path.test.ts signs in through one of them.
  'GET /api/auth/[...nextauth]': { permission: 'public', absent: true },
  'POST /api/auth/[...nextauth]': { permission: 'public', absent: true },
  'POST /api/imports': {
    permission: 'users.import',
    upload: { field: 'file', name: 'people.csv', content: 'email,first name\nnoor@example.org,Noor\n' },
  },
  'POST /audit/export/file': {
    permission: 'audit.read',
    form: { fields: ['time', 'action', 'details'], format: 'csv' },
  },
  'POST /invitations/export/file': {
    permission: 'users.export',
    form: { fields: ['email', 'sent_by'], format: 'csv' },
  },
  'POST /users/export/file': { permission: 'users.export', form: { fields: ['email', 'roles'], format: 'jsonl' } },
  'POST /account/data/file': { permission: 'account.own', form: (world) => ({ password: world.password }) },
  'GET /api/choices/invitations': { permission: 'invitations.read' },
  'GET /api/choices/users': { permission: 'users.read' },
  'GET /api/palette': { permission: 'account.own' },
  // 204 and 401 say whether the person that the query names is signed in; session-watch.test.ts names others.
  'GET /api/session': { permission: 'session.own', isSignal: true },
  'GET /icon.svg': { permission: 'public' },
  'POST /imports/[id]/failed-rows': { permission: 'users.import', of: 'import', states: ['ready'], form: {} },
  'GET /imports/[id]/progress': { permission: 'users.import', of: 'import' },
  'POST /invitations/bulk/[id]/not-done': { permission: 'users.invite', of: 'bulk action', form: {} },
  'GET /invitations/bulk/[id]/progress': { permission: 'users.invite', of: 'bulk action' },
  'GET /imports/templates/[name]': { permission: 'users.import', of: 'template' },
};

import type { Role } from './people';

export type ListedPage = {
  name: string;
  /** Where it is; or the list whose first link leads to it. */
  at: string | { firstOf: string; link?: string; under?: string };
  as?: Role;
  status?: number;
};

const firstRow = 'tbody th a';

/** Every page of the product, each once, with the empty and refused states that an address alone can show. */
export const pages: ListedPage[] = [
  { name: 'sign-in', at: '/sign-in' },
  { name: 'sign-in-refused', at: '/sign-in?error=1' },
  { name: 'signed-out', at: '/sign-in?notice=session.ended' },
  { name: 'forgot-password', at: '/forgot-password' },
  { name: 'forgot-password-sent', at: '/forgot-password?sent=1' },
  { name: 'reset-password-dead-link', at: '/reset-password/nothing' },
  { name: 'activate-dead-link', at: '/activate/nothing' },
  { name: 'confirm-email-dead-link', at: '/confirm-email/nothing' },
  { name: 'set-up-dead-link', at: '/set-up/nothing' },
  { name: 'mailbox', at: '/mailbox' },
  { name: 'mailbox-nothing-matches', at: '/mailbox?to=nobody@nowhere.example' },
  { name: 'mail', at: { firstOf: '/mailbox', link: firstRow } },
  { name: 'not-found-outside', at: '/there-is-no-such-page', status: 404 },
  { name: 'account', at: '/account', as: 'member' },
  { name: 'account-password', at: '/account/password', as: 'member' },
  { name: 'forbidden-outside', at: '/users', as: 'member', status: 403 },
  { name: 'home', at: '/', as: 'admin' },
  { name: 'home-of-an-organization', at: '/', as: 'acmeAdmin' },
  { name: 'users', at: '/users?size=25', as: 'admin' },
  { name: 'users-of-an-organization', at: '/users?size=25', as: 'acmeAdmin' },
  { name: 'users-filtered', at: '/users?status=active&status=inactive&q=an&size=25', as: 'admin' },
  { name: 'users-nothing-matches', at: '/users?q=zzzzzz', as: 'admin' },
  { name: 'users-export', at: '/users/export?status=active&q=an', as: 'admin' },
  { name: 'users-export-refused', at: '/users/export?problem=too_many', as: 'acmeAdmin' },
  { name: 'users-export-nothing', at: '/users/export?q=zzzzzz', as: 'admin' },
  { name: 'invitations-export', at: '/invitations/export', as: 'admin' },
  { name: 'audit-export', at: '/audit/export', as: 'auditor' },
  { name: 'user', at: { firstOf: '/users?q=whitfield', link: firstRow }, as: 'admin' },
  { name: 'user-suspended', at: { firstOf: '/users?status=inactive', link: firstRow }, as: 'admin' },
  { name: 'user-access', at: { firstOf: '/users?q=whitfield', link: firstRow, under: '/access' }, as: 'admin' },
  { name: 'user-edit', at: { firstOf: '/users?q=whitfield', link: firstRow, under: '/edit' }, as: 'admin' },
  {
    name: 'user-email',
    at: { firstOf: '/users?status=active&q=whitfield', link: firstRow, under: '/email' },
    as: 'admin',
  },
  { name: 'account-email', at: '/account/email', as: 'member' },
  {
    name: 'user-edit-refused',
    at: { firstOf: '/users?q=ada@rollcall.example', link: firstRow, under: '/edit' },
    as: 'admin',
  },
  {
    name: 'user-suspension',
    at: { firstOf: '/users?status=active&q=whitfield', link: firstRow, under: '/suspension' },
    as: 'admin',
  },
  {
    name: 'user-suspension-refused',
    at: { firstOf: '/users?q=ada@rollcall.example', link: firstRow, under: '/suspension' },
    as: 'admin',
  },
  { name: 'add-person', at: '/users/new', as: 'admin' },
  { name: 'invitations', at: '/invitations?size=25', as: 'admin' },
  { name: 'invitations-nothing-matches', at: '/invitations?q=zzzzzz', as: 'admin' },
  { name: 'invitation', at: { firstOf: '/invitations?q=newcomers', link: firstRow }, as: 'admin' },
  {
    name: 'invitation-cancellation',
    at: { firstOf: '/invitations?q=newcomers', link: firstRow, under: '/cancellation' },
    as: 'admin',
  },
  { name: 'imports-nothing-yet', at: '/imports', as: 'harborAdmin' },
  { name: 'import-upload', at: '/imports/new', as: 'admin' },
  { name: 'roles', at: '/roles', as: 'admin' },
  { name: 'role', at: '/roles/org-admin', as: 'admin' },
  { name: 'matrix', at: '/roles/matrix', as: 'admin' },
  { name: 'groups', at: '/groups', as: 'admin' },
  { name: 'group', at: { firstOf: '/groups', link: firstRow }, as: 'admin' },
  { name: 'organizations', at: '/organizations', as: 'admin' },
  { name: 'organization', at: '/organizations/acme', as: 'admin' },
  { name: 'audit', at: '/audit', as: 'admin' },
  { name: 'audit-nothing-matches', at: '/audit?action=nothing', as: 'admin' },
  { name: 'audit-event', at: { firstOf: '/audit?action=user.created', link: firstRow }, as: 'admin' },
  { name: 'emails', at: '/emails', as: 'admin' },
  { name: 'emails-nothing-matches', at: '/emails?to=nobody@nowhere.example', as: 'admin' },
  { name: 'email', at: { firstOf: '/emails', link: firstRow }, as: 'admin' },
  { name: 'not-found', at: '/users/no-such-person', as: 'admin', status: 404 },
  { name: 'forbidden', at: '/users/new', as: 'auditor', status: 403 },
];

/**
 * The address of every page and route. Logs and the audit log name a request by one of these, because its own path can
 * contain a link, an address or a search. A test compares them with src/app.
 */
export const routePatterns = [
  '/',
  '/account',
  '/account/access',
  '/account/data',
  '/account/data/file',
  '/account/email',
  '/account/password',
  '/account/preferences',
  '/account/sessions',
  '/account/sign-ins',
  '/activate/[token]',
  '/api/auth/[...nextauth]',
  '/api/choices/invitations',
  '/api/choices/users',
  '/api/health',
  '/api/imports',
  '/api/palette',
  '/api/ready',
  '/api/session',
  '/audit',
  '/audit/[id]',
  '/audit/export',
  '/audit/export/file',
  '/confirm-email/[token]',
  '/email-change/[token]',
  '/emails',
  '/emails/[id]',
  '/forgot-password',
  '/groups',
  '/groups/[id]',
  '/groups/[id]/deletion',
  '/groups/[id]/edit',
  '/groups/[id]/members',
  '/groups/new',
  '/help',
  '/help/[guide]',
  '/icon.svg',
  '/imports',
  '/imports/[id]',
  '/imports/[id]/failed-rows',
  '/imports/[id]/progress',
  '/imports/new',
  '/imports/templates/[name]',
  '/invitations',
  '/invitations/[id]',
  '/invitations/[id]/cancellation',
  '/invitations/bulk/[id]',
  '/invitations/bulk/[id]/not-done',
  '/invitations/bulk/[id]/progress',
  '/invitations/export',
  '/invitations/export/file',
  '/mailbox',
  '/mailbox/[id]',
  '/o/[slug]',
  '/organizations',
  '/organizations/[slug]',
  '/organizations/[slug]/deactivation',
  '/organizations/[slug]/edit',
  '/organizations/[slug]/people/new',
  '/organizations/new',
  '/reset-password/[token]',
  '/roles',
  '/roles/[key]',
  '/roles/matrix',
  '/search',
  '/set-up/[token]',
  '/sign-in',
  '/users',
  '/users/[id]',
  '/users/[id]/access',
  '/users/[id]/access/groups',
  '/users/[id]/access/membership',
  '/users/[id]/access/membership/ending',
  '/users/[id]/access/membership/new',
  '/users/[id]/access/roles',
  '/users/[id]/archive',
  '/users/[id]/deactivation',
  '/users/[id]/edit',
  '/users/[id]/email',
  '/users/[id]/history',
  '/users/[id]/password-reset',
  '/users/export',
  '/users/export/file',
  '/users/new',
] as const;

/** Stands for every other path: that too can contain a link, mistyped or cut off. */
export const unknownRoute = '/[unknown]';

const maxNames = 10;
const parsed = routePatterns.map((pattern) => ({ pattern, parts: partsOf(pattern) }));

/** `/users/ada?q=x&status=y` as `/users/[id]?q&status`: nothing that the sender chose. */
export function routePattern(address: string): string {
  const [, path = '', query = ''] = /^([^?#]*)\??([^#]*)/s.exec(address) ?? [];
  const given = partsOf(path.length > 1 ? path.replace(/\/$/, '') : path);
  // One that names more of the path exactly comes first: /users/new before /users/[id].
  const [found] = parsed.filter(({ parts }) => fits(parts, given)).sort((a, b) => dynamic(a.parts) - dynamic(b.parts));
  return (found?.pattern ?? unknownRoute) + namesIn(query);
}

function partsOf(path: string): string[] {
  return path === '/' ? [''] : path.split('/');
}

function fits(parts: string[], given: string[]): boolean {
  const isCatchAll = parts.at(-1)?.startsWith('[...') ?? false;
  if (isCatchAll ? given.length < parts.length : given.length !== parts.length) return false;
  return parts.every((part, at) => (part.startsWith('[') ? given[at] !== '' : part === given[at]));
}

const dynamic = (parts: string[]) => parts.filter((part) => part.startsWith('[')).length;

/** Names are chosen by the sender too, so only what looks like one of ours is kept. */
function namesIn(query: string): string {
  if (query === '') return '';
  const names = query.split('&', maxNames).map((pair) => pair.split('=', 1)[0] ?? '');
  const kept = names.map((name) => (/^[a-z]{1,10}([A-Z][a-z]{1,10})?$/.test(name) ? name : '…'));
  return `?${[...new Set(kept)].join('&')}`;
}

/** Outside applications' permissions are rows of `permission`; `rollcall prepare` writes both kinds. */
export const consolePermissions = {
  'users.read': { area: 'People', description: 'See people and their access', scoped: true },
  'users.invite': { area: 'People', description: 'Add users and manage their invitations', scoped: true },
  'users.import': { area: 'People', description: 'Import users from a file', scoped: true },
  // Separate from `users.read`: seeing people page by page is less than taking all of them in one file.
  'users.export': { area: 'People', description: 'Export people and invitations as a file', scoped: true },
  'users.update': { area: 'People', description: 'Edit profiles and change addresses', scoped: true },
  'users.deactivate': { area: 'People', description: 'Deactivate and reactivate people', scoped: true },
  'users.reset-password': {
    area: 'People',
    description: 'Send password resets and unlock sign-ins',
    scoped: true,
  },
  // In an organization it counts only with the setting `ORG_ADMINS_MAY_SET_PASSWORDS`.
  'users.set-password': {
    area: 'People',
    description: 'Set an initial password, where the platform allows it',
    scoped: true,
  },
  'invitations.read': { area: 'People', description: 'See invitations and whether they arrived', scoped: true },
  'memberships.create': {
    area: 'Access',
    description: 'Add existing users to organizations',
    scoped: false,
  },
  'memberships.update': { area: 'Access', description: 'Change the roles of members', scoped: true },
  'memberships.end': { area: 'Access', description: 'End memberships', scoped: true },
  'roles.grant': { area: 'Access', description: 'Grant and revoke platform roles', scoped: false },
  'roles.read': { area: 'Access', description: 'See roles and their permissions', scoped: true },
  'groups.read': { area: 'Access', description: 'See groups and who is in them', scoped: true },
  'groups.create': { area: 'Access', description: 'Create groups', scoped: true },
  'groups.update': { area: 'Access', description: 'Add people to groups and remove them', scoped: true },
  'organizations.read': { area: 'Organizations', description: 'See organizations', scoped: true },
  'audit.read': { area: 'Evidence', description: 'Read the audit log', scoped: true },
  'emails.read': { area: 'Evidence', description: 'Read the email log', scoped: true },
} as const satisfies Record<string, { area: string; description: string; scoped: boolean }>;

export type ConsolePermission = keyof typeof consolePermissions;

/** Granted by the state of a session alone; no role grants them. */
export const sessionPermissions = {
  /** Any live session, even one whose password must be changed first. */
  'session.own': 'Sign out and change your own password',
  /** A session with nothing pending. */
  'account.own': 'Use your own account',
} as const;

export type SessionPermission = keyof typeof sessionPermissions;
export type Permission = ConsolePermission | SessionPermission;

export function isConsolePermission(value: string): value is ConsolePermission {
  return Object.hasOwn(consolePermissions, value);
}

export const applicationPermissions = [
  { key: 'activities.run', application: 'learning', area: 'Activities', description: 'Run activities' },
  { key: 'workspace.use', application: 'learning', area: 'Activities', description: 'Use the workspace' },
  { key: 'activities.design', application: 'learning', area: 'Activities', description: 'Design activities' },
  { key: 'mentoring.provide', application: 'learning', area: 'Mentoring', description: 'Mentor and coach' },
  { key: 'commerce.sell', application: 'learning', area: 'Marketplace', description: 'Sell in the marketplace' },
  { key: 'referrals.create', application: 'casework', area: 'Referrals', description: 'Create referrals' },
  { key: 'referrals.respond', application: 'casework', area: 'Referrals', description: 'Respond to referrals' },
  { key: 'clients.view', application: 'casework', area: 'Clients', description: 'View clients' },
  { key: 'caseload.manage', application: 'casework', area: 'Clients', description: 'Manage their own caseload' },
  { key: 'resources.view', application: 'casework', area: 'Resources', description: 'View resources' },
] as const;

type ApplicationPermission = (typeof applicationPermissions)[number]['key'];

export type BuiltInRole = {
  key: string;
  name: string;
  description: string;
  scope: 'platform' | 'organization' | 'both';
  permissions: 'all' | 'scoped' | readonly (ConsolePermission | ApplicationPermission)[];
};

const member = ['activities.run', 'workspace.use'] as const;
const author = [...member, 'activities.design'] as const;

export const builtInRoles: readonly BuiltInRole[] = [
  {
    key: 'member',
    name: 'Member',
    description: 'Runs activities and uses the workspace.',
    scope: 'both',
    permissions: member,
  },
  {
    key: 'author',
    name: 'Author',
    description: 'A member who also designs activities.',
    scope: 'both',
    permissions: author,
  },
  {
    key: 'expert',
    name: 'Expert',
    description: 'A member who also mentors and coaches.',
    scope: 'both',
    permissions: [...member, 'mentoring.provide'],
  },
  {
    key: 'vendor',
    name: 'Vendor',
    description: 'An author who also sells in the marketplace.',
    scope: 'both',
    permissions: [...author, 'commerce.sell'],
  },
  {
    key: 'org-admin',
    name: 'Org Admin',
    description: 'Manages one organization and its people.',
    scope: 'organization',
    permissions: 'scoped',
  },
  {
    key: 'caseworker',
    name: 'Caseworker',
    description: 'Creates referrals, views clients and manages their own caseload.',
    scope: 'organization',
    permissions: ['referrals.create', 'clients.view', 'caseload.manage'],
  },
  {
    key: 'staff',
    name: 'Staff',
    description: 'Views clients and resources and responds to referrals.',
    scope: 'organization',
    permissions: ['clients.view', 'resources.view', 'referrals.respond'],
  },
  {
    key: 'viewer',
    name: 'Viewer',
    description: 'Reads clients and resources, changes nothing.',
    scope: 'organization',
    permissions: ['clients.view', 'resources.view'],
  },
  {
    key: 'auditor',
    name: 'Auditor',
    description: 'Reads everything in the console, changes nothing.',
    scope: 'platform',
    permissions: [
      'users.read',
      'users.export',
      'invitations.read',
      'roles.read',
      'groups.read',
      'organizations.read',
      'audit.read',
      'emails.read',
    ],
  },
  {
    key: 'system-admin',
    name: 'System Admin',
    description: 'Can do everything on the whole platform.',
    scope: 'platform',
    permissions: 'all',
  },
];

export const systemAdminRole = 'system-admin';
export const orgAdminRole = 'org-admin';

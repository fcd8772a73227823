import { builtInRoles, consolePermissions, type Permission } from '@/lib/permissions';

/** The two organizations of the suite's world; null is the whole platform. */
export type Place = 'a' | 'b' | null;

type Definition = {
  /** `live` may do what its roles allow, `pending` must set a password first, `invalid` counts as signed out. */
  session: 'live' | 'pending' | 'invalid';
  roles: (readonly [key: string, place: Place])[];
};

const systemAdmin = ['system-admin', null] as const;

/**
 * People with an invalid session have the highest role, so that a check that ignores the session would let them in.
 */
export const actors = {
  nobody: { session: 'invalid', roles: [] },
  'garbage cookie': { session: 'invalid', roles: [] },
  'cookie of another key': { session: 'invalid', roles: [systemAdmin] },
  'token without its cookie': { session: 'invalid', roles: [systemAdmin] },
  'expired session': { session: 'invalid', roles: [systemAdmin] },
  'idle session': { session: 'invalid', roles: [systemAdmin] },
  'ended session': { session: 'invalid', roles: [systemAdmin] },
  invited: { session: 'invalid', roles: [systemAdmin] },
  deactivated: { session: 'invalid', roles: [systemAdmin] },
  archived: { session: 'invalid', roles: [systemAdmin] },
  'must change password': { session: 'pending', roles: [systemAdmin] },
  demoted: { session: 'live', roles: [] },
  member: {
    session: 'live',
    roles: [
      ['member', 'a'],
      ['caseworker', 'a'],
    ],
  },
  auditor: { session: 'live', roles: [['auditor', null]] },
  'org admin A': { session: 'live', roles: [['org-admin', 'a']] },
  'org admin B': { session: 'live', roles: [['org-admin', 'b']] },
  'system admin': { session: 'live', roles: [systemAdmin] },
} as const satisfies Record<string, Definition>;

export type ActorName = keyof typeof actors;
export const actorNames = Object.keys(actors) as ActorName[];

export const definitionOf = (actor: ActorName): Definition => actors[actor];

/** Where this person has a permission, computed from the catalogue; an empty list means nowhere. */
export function scopeOf(actor: ActorName, permission: Permission | 'public'): 'all' | Place[] {
  const { session, roles } = definitionOf(actor);
  if (permission === 'public') return 'all';
  if (session === 'invalid') return [];
  if (permission === 'session.own') return 'all';
  if (session === 'pending') return [];
  if (permission === 'account.own') return 'all';
  const places = roles.filter(([key]) => grants(key, permission)).map(([, place]) => place);
  return places.includes(null) ? 'all' : places;
}

function grants(key: string, permission: keyof typeof consolePermissions): boolean {
  const role = builtInRoles.find((each) => each.key === key);
  if (!role) throw new Error(`There is no role ${key}.`);
  if (role.permissions === 'all') return true;
  if (role.permissions === 'scoped') return consolePermissions[permission].scoped;
  return role.permissions.includes(permission);
}

export function hasPermission(actor: ActorName, permission: Permission | 'public'): boolean {
  const scope = scopeOf(actor, permission);
  return scope === 'all' || scope.length > 0;
}

export function reaches(actor: ActorName, permission: Permission | 'public', place: Place): boolean {
  const scope = scopeOf(actor, permission);
  return scope === 'all' || (place !== null && scope.includes(place));
}

import { builtInRoles, consolePermissions, type Permission } from '@/lib/permissions';

/** The two organizations of the suite's world; null is the whole platform. */
export type Place = 'a' | 'b' | null;

type Definition = {
  /** `live` opens everything its roles hold, `pending` must choose a password first, `dead` is nobody's. */
  session: 'live' | 'pending' | 'dead';
  roles: (readonly [key: string, place: Place])[];
};

const systemAdmin = ['system-admin', null] as const;

/**
 * Who knocks. The dead ones hold the highest role there is, so that a door which forgot to look at the session would
 * open to them.
 */
export const actors = {
  nobody: { session: 'dead', roles: [] },
  'garbage cookie': { session: 'dead', roles: [] },
  'cookie of another key': { session: 'dead', roles: [systemAdmin] },
  'token without its cookie': { session: 'dead', roles: [systemAdmin] },
  'expired session': { session: 'dead', roles: [systemAdmin] },
  'idle session': { session: 'dead', roles: [systemAdmin] },
  'ended session': { session: 'dead', roles: [systemAdmin] },
  invited: { session: 'dead', roles: [systemAdmin] },
  deactivated: { session: 'dead', roles: [systemAdmin] },
  archived: { session: 'dead', roles: [systemAdmin] },
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

/** What a permission is held for: nothing, everything, or some organizations. Computed from the catalogue. */
export function scopeOf(actor: ActorName, permission: Permission | 'public'): 'all' | Place[] {
  const { session, roles } = definitionOf(actor);
  if (permission === 'public') return 'all';
  if (session === 'dead') return [];
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

export function holds(actor: ActorName, permission: Permission | 'public'): boolean {
  const scope = scopeOf(actor, permission);
  return scope === 'all' || scope.length > 0;
}

export function reaches(actor: ActorName, permission: Permission | 'public', place: Place): boolean {
  const scope = scopeOf(actor, permission);
  return scope === 'all' || (place !== null && scope.includes(place));
}

/** Whose marks may stand in an answer to this actor: those of the places they may read people of. */
export function mayMeet(actor: ActorName): ('a' | 'b' | 'p')[] {
  const scope = scopeOf(actor, 'users.read');
  if (scope === 'all') return ['a', 'b', 'p'];
  return scope.filter((place) => place !== null);
}

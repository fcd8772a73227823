import { membershipObstacle } from '@/features/memberships/obstacles.policy';
import { fitsScope, holdsAllOf } from '@/features/roles/grant.policy';
import type { RoleWithPermissions } from '@/features/roles/list.queries';
import { outranks } from '@/features/users/rank.policy';
import {
  consolePermissions,
  isConsolePermission,
  orgAdminRole,
  type Permission,
  systemAdminRole,
} from '@/lib/permissions';
import type { Can } from '@/server/work';
import type { ImportParams } from './columns.schema';
import type { Reason, ReasonCode } from './messages.schema';
import type { ImportVerdict } from './review.schema';
import { type FoundGroup, type FoundOrganization, groupKey, type Person, roleKey } from './validate.queries';
import { cut, type ImportRow } from './validate.schema';

export type CompareContext = {
  can: Pick<Can, 'may' | 'actor'>;
  params: ImportParams;
  /** The organization of an org admin. Null for an import on the whole platform. */
  own: string | null;
  people: Map<string, Person>;
};

export type ValidationContext = CompareContext & {
  can: Can;
  roles: Map<string, RoleWithPermissions>;
  organizations: Map<string, FoundOrganization[]>;
  groups: Map<string, FoundGroup>;
};

const refusals = new Set<Reason['code']>([
  'organization_foreign',
  'role_system',
  'grant_not_held',
  'group_not_held',
  'outranks',
]);

/** A missing permission outweighs any error in the row. */
export function verdictOf(reasons: Reason[]): ImportVerdict | null {
  if (reasons.length === 0) return null;
  return reasons.some((reason) => refusals.has(reason.code)) ? 'not_allowed' : 'error';
}

/** An org admin gets the same refusal for every other name, so that they cannot find out which organizations exist. */
export function placeOf(row: ImportRow, context: ValidationContext, reasons: Reason[]): string | null {
  const { own, params, organizations } = context;
  if (row.organization === null || row.organization === '') return own ?? params.organizationId;
  const found = organizations.get(row.organization) ?? [];
  if (own !== null) {
    if (!found.some((organization) => organization.id === own)) reasons.push({ code: 'organization_foreign' });
    return own;
  }
  const value = cut(row.organization);
  const [first, ...others] = found;
  if (!first) reasons.push({ code: 'organization_unknown', value });
  else if (others.length > 0) reasons.push({ code: 'organization_ambiguous', value });
  else if (!first.isActive) reasons.push({ code: 'organization_inactive', value });
  return first?.id ?? null;
}

/** The roles of a row that the importer can grant there. `admin` means Org Admin of that organization. */
export function rolesOf(row: ImportRow, place: string | null, context: ValidationContext, reasons: Reason[]): string[] {
  const ids = new Set<string>();
  for (const name of row.roles) {
    const key = roleKey(name);
    const role = context.roles.get(key === 'admin' ? roleKey(orgAdminRole) : key);
    const value = cut(name);
    if (!role) reasons.push({ code: 'role_unknown', value });
    else if (role.key === systemAdminRole) reasons.push({ code: 'role_system' });
    else if (!fitsScope(role, place))
      reasons.push({ code: place === null ? 'role_needs_organization' : 'role_not_here', value });
    else if (!holdsAllOf(context.can, role, place)) reasons.push({ code: 'grant_not_held', value });
    else ids.add(role.id);
  }
  return [...ids].sort();
}

type Groups = { groups: string[]; newGroups: string[] };

/** The groups of a row. Missing ones are created if the importer chose that and has permission. */
export function groupsOf(row: ImportRow, place: string | null, context: ValidationContext, reasons: Reason[]): Groups {
  const groups = new Set<string>();
  const newGroups: string[] = [];
  const mayMake = context.params.makeGroups && context.can.may('groups.create', place);
  for (const name of row.groups) {
    const group = context.groups.get(groupKey({ organizationId: place, name }));
    const value = cut(name);
    if (group && mayJoin(context.can, group)) groups.add(group.id);
    else if (group) reasons.push({ code: 'group_not_held', value });
    else if (mayMake) newGroups.push(name);
    else reasons.push({ code: 'group_unknown', value });
  }
  return { groups: [...groups].sort(), newGroups: newGroups.sort() };
}

export function mayJoin(can: Pick<Can, 'may'>, group: FoundGroup): boolean {
  return holdsAllOf(can, group, group.organizationId);
}

export function isInView(person: Person, own: string | null): boolean {
  return own === null || person.organizations.includes(own);
}

export function isManaged(person: Person, own: string | null): boolean {
  if (own === null) return true;
  return !person.isOnPlatform && person.organizations.every((id) => id === own);
}

const consoleKeys = Object.keys(consolePermissions) as Permission[];

/** Has every permission on the platform. Everybody else is compared with the people they would change. */
export function isAllPowerful(can: Pick<Can, 'may'>): boolean {
  return consoleKeys.every((permission) => can.may(permission, null));
}

/**
 * Why the importer cannot change this person, by the same rules as for a change by hand. A platform import compares
 * permissions everywhere, one for an organization only those there. The importer's own account counts as an equal's.
 */
export function obstacleTo(person: Person, can: CompareContext['can'], own: string | null): ReasonCode | null {
  const actor = { id: can.actor.id, may: can.may, isSystemAdmin: isAllPowerful(can) };
  const { id, isOnPlatform, organizations: organizationIds } = person;
  const grants = person.grants
    .filter(([permission]) => isConsolePermission(permission))
    .map(([permission, organizationId]) => ({ permission, organizationId }));
  const rank = { id, grants, organizationIds, isOnPlatform, isSystemAdmin: false };
  if (own === null) return outranks(actor, rank) ? null : 'outranks';
  const obstacle = membershipObstacle(actor, rank, own);
  if (obstacle === 'not_managed') return 'not_managed';
  return obstacle && 'outranks';
}

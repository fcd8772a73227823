import { grantableRoles, holdsAllOf } from '@/features/roles/policy';
import type { RoleWithPermissions } from '@/features/roles/queries';
import { isId } from '@/lib/ids';
import { fieldLimits } from '@/lib/limits';
import { holdsPart } from '@/server/db/names';
import { empty, sql } from '@/server/db/sql';
import type { Can } from '@/server/work';

export type OrganizationChoice = { id: string; name: string };

const choiceLimit = 500;
const organizationsShown = 100;

/**
 * The active organizations into which this person may invite, by name: the first hundred that have `find` in theirs, the
 * wanted one always among them.
 */
async function invitableOrganizations(can: Can<'users.invite'>, wanted: string | null, find: string) {
  const scope = can.scope('users.invite');
  const inScope = scope.all ? empty : sql`AND o.id = ANY(${scope.organizationIds}::uuid[])`;
  const rows = await can.db.$queryRaw<OrganizationChoice[]>`
    SELECT o.id, o.name FROM organization o
     WHERE o.status = 'active' AND (${holdsPart(sql`o.name_key`, find)} OR o.id = ${wanted}::uuid) ${inScope}
     ORDER BY o.id = ${wanted}::uuid DESC NULLS LAST, o.name_key, o.id LIMIT ${organizationsShown + 1}::int`;
  const byName = (a: OrganizationChoice, b: OrganizationChoice) => a.name.localeCompare(b.name, 'en');
  return {
    organizations: rows.slice(0, organizationsShown).toSorted(byName),
    isCut: rows.length > organizationsShown || find !== '',
  };
}

const filterLimit = 100;

/** The organizations by which this reader may narrow the list: the first by name, and the one that is chosen. */
export async function readableOrganizations(
  can: Can<'invitations.read'>,
  chosen: string | undefined,
): Promise<OrganizationChoice[]> {
  const scope = can.scope('invitations.read');
  const select = { id: true, name: true };
  const found = await can.db.organization.findMany({
    where: scope.all ? { status: 'active' } : { id: { in: scope.organizationIds } },
    select,
    orderBy: [{ nameKey: 'asc' }, { id: 'asc' }],
    take: filterLimit,
  });
  if (!chosen || found.some(({ id }) => id === chosen)) return found;
  const isReadable = scope.all || scope.organizationIds.includes(chosen);
  const other = isReadable ? await can.db.organization.findUnique({ where: { id: chosen }, select }) : null;
  return other ? [...found, other] : found;
}

export type GroupChoice = { id: string; name: string; description: string; roles: string[] };

export type InviteChoices = {
  /** Null stands for the whole platform. */
  organization: OrganizationChoice | null;
  organizations: OrganizationChoice[];
  /** Whether there are more than are listed, or were before `find` narrowed them. */
  isCut: boolean;
  find: string;
  mayChoosePlatform: boolean;
  roles: RoleWithPermissions[];
  groups: GroupChoice[];
  mayMakeGroup: boolean;
};

/**
 * What can be chosen on the form for one organization: `wanted` when it is theirs to choose, otherwise the only or
 * first one. An unknown one falls back in silence, as it may be somebody else's.
 */
export async function inviteChoices(
  can: Can<'users.invite'>,
  wanted: string | undefined,
  typed = '',
): Promise<InviteChoices> {
  const find = typed.trim().slice(0, fieldLimits.searchMaxChars);
  const { organizations, isCut } = await invitableOrganizations(can, isId(wanted) ? wanted : null, find);
  const mayChoosePlatform = can.may('users.invite', null);
  const found = organizations.find(({ id }) => id === wanted?.toLowerCase());
  const organization = found ?? (mayChoosePlatform ? null : (organizations[0] ?? null));
  const organizationId = organization?.id ?? null;
  const isNowhere = !mayChoosePlatform && organizationId === null;
  return {
    organization,
    organizations,
    isCut,
    find,
    mayChoosePlatform,
    roles: isNowhere ? [] : await grantableRoles(can, organizationId),
    groups: isNowhere ? [] : await grantableGroups(can, organizationId),
    mayMakeGroup: !isNowhere && can.may('groups.create', organizationId),
  };
}

/** The groups somebody may be put into from here: those of the organization, and for platform people the platform's. */
async function grantableGroups(can: Can<'users.invite'>, organizationId: string | null): Promise<GroupChoice[]> {
  const owners = [
    ...(organizationId ? [{ organizationId }] : []),
    ...(mayUsePlatformGroups(can) ? [{ organizationId: null }] : []),
  ];
  if (owners.length === 0) return [];
  const groups = await can.db.group.findMany({
    where: { OR: owners },
    include: { roles: { include: { role: { include: { permissions: { select: { permission: true } } } } } } },
    orderBy: [{ name: 'asc' }, { id: 'asc' }],
    take: choiceLimit,
  });
  return groups
    .filter((group) => {
      const permissions = group.roles.flatMap(({ role }) => role.permissions.map((row) => row.permission));
      return holdsAllOf(can, { permissions }, group.organizationId);
    })
    .map(({ id, name, description, roles }) => ({ id, name, description, roles: roles.map(({ role }) => role.name) }));
}

function mayUsePlatformGroups(can: Can<'users.invite'>): boolean {
  return can.may('users.invite', null);
}

import { holdsAllOf } from '@/features/roles/grant.policy';
import { grantableRoles } from '@/features/roles/grant.queries';
import type { RoleWithPermissions } from '@/features/roles/list.queries';
import { isId } from '@/lib/ids';
import { fieldLimits } from '@/lib/limits';
import { displayNameSql, holdsWords } from '@/server/db/names';
import { empty, sql } from '@/server/db/sql';
import { reachOf, unscoped, within } from '@/server/scope';
import type { Can } from '@/server/work';
import { isInView } from './list.queries';
import { maySetPassword } from './send.policy';

export type OrganizationChoice = { id: string; name: string };

const choiceLimit = 500;
const organizationsShown = 100;

async function invitableOrganizations(can: Can<'users.invite'>, wanted: string | null, find: string) {
  const rows = await can.read<OrganizationChoice>(sql`
    SELECT o.id, o.name FROM organization o
     WHERE o.status = 'active' AND (${holdsWords(sql`o.name_key`, find)} OR o.id = ${wanted}::uuid)
       AND ${within(can, 'users.invite', sql`o.id`)}
     ORDER BY o.id = ${wanted}::uuid DESC NULLS LAST, o.name_key, o.id LIMIT ${organizationsShown + 1}::int`);
  const { organizations, isCut } = firstByName(rows);
  return { organizations, isCut: isCut || find !== '' };
}

/** Expects one row more than is shown, which tells that the list was cut. */
function firstByName(rows: OrganizationChoice[]) {
  const byName = (a: OrganizationChoice, b: OrganizationChoice) => a.name.localeCompare(b.name, 'en');
  const organizations = rows.slice(0, organizationsShown).toSorted(byName);
  return { organizations, isCut: rows.length > organizationsShown };
}

export type ReadableOrganizations = { organizations: OrganizationChoice[]; hasSeveral: boolean };

/** The organizations of a filter with `typed` in their name, or, where it is not opened (null), only the chosen one. */
export async function readableOrganizations(
  can: Can<'invitations.read'>,
  chosen: string | undefined,
  typed: string | null,
): Promise<ReadableOrganizations> {
  const find = (typed ?? '').trim().slice(0, fieldLimits.searchMaxChars);
  const isOffered = reachOf(can, 'invitations.read') === 'platform' ? sql`o.status = 'active' AND` : empty;
  const isChosen = sql`o.id = ${chosen ?? null}::uuid`;
  const inside = within(can, 'invitations.read', sql`o.id`);
  const isFound = typed === null ? sql`false` : sql`${isOffered} ${holdsWords(sql`o.name_key`, find)}`;
  const [found] = await can.read<{ organizations: OrganizationChoice[] | null; hasSeveral: boolean }>(sql`
    SELECT (SELECT json_agg(c) FROM (
             SELECT o.id, o.name FROM organization o WHERE (${isChosen} OR (${isFound})) AND ${inside}
              ORDER BY ${isChosen} DESC NULLS LAST, o.name_key, o.id LIMIT ${organizationsShown}::int) c) AS organizations,
           (SELECT count(*) > 1 FROM (SELECT FROM organization o WHERE ${inside} LIMIT 2) o) AS "hasSeveral"`);
  const organizations = (found?.organizations ?? []).toSorted((a, b) => a.name.localeCompare(b.name, 'en'));
  return { organizations, hasSeveral: found?.hasSeveral ?? false };
}

/** The name of the sender in a filter. Null for a person outside the reader's view. */
export async function findSenderName(can: Can<'invitations.read'>, id: string): Promise<string | null> {
  const [found] = await can.read<{ name: string }>(sql`
    SELECT ${displayNameSql(sql`u`)} AS name FROM "user" u
     WHERE u.id = ${id}::uuid AND ${isInView(can, 'invitations.read', sql`u.id`)}`);
  return found?.name ?? null;
}

export type GroupChoice = { id: string; name: string; description: string; roles: string[] };

export type InviteChoices = {
  /** Null is the whole platform. */
  organization: OrganizationChoice | null;
  organizations: OrganizationChoice[];
  /** There are more than listed, or were before `find` narrowed the list. */
  isCut: boolean;
  find: string;
  mayChoosePlatform: boolean;
  roles: RoleWithPermissions[];
  groups: GroupChoice[];
  mayMakeGroup: boolean;
  maySetPassword: boolean;
};

/**
 * The choices of the form for one organization: `wanted` if the actor may invite there, otherwise the platform or the
 * first organization. An unknown one causes no error, because it may be somebody else's.
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
    maySetPassword: !isNowhere && maySetPassword(can, organizationId),
  };
}

async function grantableGroups(can: Can<'users.invite'>, organizationId: string | null): Promise<GroupChoice[]> {
  const owners = [
    ...(organizationId ? [{ organizationId }] : []),
    ...(mayUsePlatformGroups(can) ? [{ organizationId: null }] : []),
  ];
  if (owners.length === 0) return [];
  const groups = await can.read(unscoped('the organization was found in scope before'), (tables) =>
    tables.group.findMany({
      where: { OR: owners },
      include: { roles: { include: { role: { include: { permissions: { select: { permission: true } } } } } } },
      orderBy: [{ name: 'asc' }, { id: 'asc' }],
      take: choiceLimit,
    }),
  );
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

import { empty, type ScopedSql, type Sql, sql } from '@/server/db/sql';
import { narrowedTo, reachOf, unscoped, within } from '@/server/scope';
import type { Can } from '@/server/work';
import type { UserFilter } from './list.schema';
import { commonCheck, namedGroups } from './list-conditions.queries';
import type { Matching } from './list-sources.queries';

/** What the filter names, as far as the reader sees it. */
export type Resolved = {
  roleId: string | null;
  /** The groups that grant the role, one more than `namedGroups` at most. */
  groupIds: string[];
  organizationId: string | null;
  hasGroup: boolean;
  hasTeam: boolean;
};

const nothingNamed: Resolved = { roleId: null, groupIds: [], organizationId: null, hasGroup: false, hasTeam: false };

/**
 * Runs before the statement that reads people, because the planner knows how common a role is only from the role's id.
 * Nothing is read for a filter that names no role, group, organization or team.
 */
export async function resolveFilter(can: Can<'users.read'>, filter: UserFilter): Promise<Matching> {
  const isNaming = [filter.role, filter.group, filter.organization, filter.team].some((value) => value !== null);
  const [found] = isNaming ? await can.read<Resolved>(sql`SELECT ${resolvedColumns(can, filter)}`) : [];
  return toMatching(can, filter, found ?? nothingNamed);
}

/** For a `SELECT`. Each is one look-up along an index. */
export function resolvedColumns(can: Can<'users.read'>, filter: UserFilter): ScopedSql {
  const inside = (column: Sql) => within(can, 'users.read', column);
  const platform = reachOf(can, 'users.read') === 'platform' ? empty : sql`AND r.scope <> 'platform'`;
  const chosen = (value: string | null) => sql`${filter.isImpossible ? null : value}::uuid`;
  return sql`
    (SELECT r.id FROM role r WHERE r.key = ${filter.role} ${platform}) AS "roleId",
    ARRAY(SELECT gr.group_id FROM group_role gr JOIN "group" g ON g.id = gr.group_id JOIN role r ON r.id = gr.role_id
           WHERE r.key = ${filter.role} AND ${inside(sql`g.organization_id`)} LIMIT ${namedGroups + 1}::int) AS "groupIds",
    (SELECT o.id FROM organization o WHERE o.slug = ${filter.organization} AND ${inside(sql`o.id`)}) AS "organizationId",
    EXISTS (SELECT FROM "group" g WHERE g.id = ${chosen(filter.group)} AND ${inside(sql`g.organization_id`)}) AS "hasGroup",
    EXISTS (SELECT FROM team t WHERE t.id = ${chosen(filter.team)} AND ${inside(sql`t.organization_id`)}) AS "hasTeam"`;
}

export async function toMatching(can: Can<'users.read'>, filter: UserFilter, found: Resolved): Promise<Matching> {
  const { roleId, groupIds, organizationId, hasGroup, hasTeam } = found;
  const isUnknown =
    (filter.organization !== null && organizationId === null) ||
    (filter.role !== null && roleId === null) ||
    (filter.group !== null && !hasGroup) ||
    (filter.team !== null && !hasTeam);
  const matching: Matching = {
    // Impossible values never reach the SQL: a group or team may not even be an id.
    filter: filter.isImpossible
      ? { ...filter, group: null, team: null, dormantDays: null, createdFrom: null, createdTo: null }
      : filter,
    can,
    inside: narrowedTo(can, organizationId),
    role: roleId ? { id: roleId, groupIds } : null,
    common: [],
    timeZone: can.timeZone,
    isNobody: filter.isImpossible || isUnknown || reachOf(can, 'users.read') === 'nowhere',
  };
  const check = matching.isNobody ? null : commonCheck(matching);
  const [checked] = check
    ? await can.read<{ common: boolean[] }>(unscoped('each count is in scope itself'), check)
    : [];
  return { ...matching, common: checked?.common ?? [] };
}

import { type ScopedSql, type Sql, sql } from '@/server/db/sql';
import { perOrganization, reachOf, within } from '@/server/scope';
import type { Can } from '@/server/work';
import type { UserFilter } from './list.schema';

export type Matching = {
  filter: UserFilter;
  /** Whose memberships, groups and teams count. */
  can: Can<'users.read'>;
  /** Who is read: the same, or narrowed to the organization of the filter. */
  inside: Can<'users.read'>;
  /** With the groups that grant it: all of them, or more than `namedGroups` if there are very many. */
  role: { id: string; groupIds: string[] } | null;
  /** For each filter by role, group or team: whether so many people match that checking each row is faster. */
  common: boolean[];
  timeZone: string;
  isNobody: boolean;
};

/** What a list reads people from, as `p`. `inside` is the condition that a row lies in the scope. */
export type Source = { kind: 'person' | 'invitation'; table: Sql; id: Sql; inside: ScopedSql };

/** The whole platform, from the accounts; otherwise from the copies in memberships and from open invitations. */
export function readsEverybody({ inside }: Matching): boolean {
  return reachOf(inside, 'users.read') === 'platform';
}

/** A person can be found more than once. */
export function isMixed({ inside }: Matching): boolean {
  return reachOf(inside, 'users.read') === 'several';
}

/** The order and the search of these columns are the same in both tables: see `prisma/invitations.prisma`. */
const copied = sql`p.email, p.sort_name, p.search, p.first_key, p.last_key, p.status, p.created_at, p.last_sign_in_at,
  p.last_activity_at, p.version`;

/** Names the columns of an invitation as a membership does. What decides access never reads it. */
const openInvitations = sql`(
  SELECT i.id, i.organization_id, i.email, i.sort_name, i.search_text AS search, ''::text AS first_key, ''::text AS last_key, 'invited'::user_status AS status,
         i.created_at, i.never AS last_sign_in_at, i.never AS last_activity_at, i.version
    FROM invitation i WHERE i.state = 'open') p`;

/**
 * Inside organizations, members and open invitations are one list. Nobody is a member before they accept, and an
 * invitation has nothing of the account behind its address.
 */
export function sourcesOf(matching: Matching): Source[] {
  const inside = within(matching.inside, 'users.read', sql`p.organization_id`);
  if (readsEverybody(matching)) return [{ kind: 'person', table: sql`"user" p`, id: sql`p.id`, inside }];
  const members: Source = { kind: 'person', table: sql`membership p`, id: sql`p.user_id`, inside };
  if (!mayBeInvitations(matching)) return [members];
  return [members, { kind: 'invitation', table: openInvitations, id: sql`p.id`, inside }];
}

function mayBeInvitations({ filter: { statuses, team } }: Matching): boolean {
  return team === null && (statuses.length === 0 || statuses.includes('invited'));
}

/** Each source for each organization, so that the planner knows its size and reads it along one index. */
export function sourcesByPlace(matching: Matching): Source[] {
  if (!isMixed(matching)) return sourcesOf(matching);
  return perOrganization(matching.inside, 'users.read').flatMap((inside) => sourcesOf({ ...matching, inside }));
}

/** For a `SELECT` from the source: what orders, searches and filters its rows. */
export function columnsOf({ kind, id }: Source): Sql {
  return sql`${id} AS id, ${copied}, ${kind === 'invitation' ? sql`true` : sql`false`} AS is_invitation`;
}

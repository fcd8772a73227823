import { leavesAtOf } from '@/features/emails/waiting.queries';
import { boundedCount, type Count } from '@/lib/counts';
import { invitationLimits } from '@/lib/limits';
import { timeCursor } from '@/lib/list-params';
import { cutPage } from '@/lib/page-cut';
import type { Permission } from '@/lib/permissions';
import { displayNameSql, foldedLiteral } from '@/server/db/names';
import { empty, join, type ScopedSql, type Sql, sql } from '@/server/db/sql';
import { eachPlace, platformOr, reachOf, within } from '@/server/scope';
import type { Can } from '@/server/work';
import type { InvitationFilter, InvitationMatch } from './list.schema';

export type InvitationRow = {
  id: string;
  email: string;
  firstName: string;
  lastName: string;
  state: 'open' | 'accepted' | 'cancelled' | 'expired';
  delivery: 'queued' | 'sent' | 'failed' | 'bounced' | 'opened';
  onHoldSince: Date | null;
  createdAt: Date;
  sentAt: Date | null;
  openedAt: Date | null;
  expiresAt: Date;
  endedAt: Date | null;
  /** When its email leaves, if that waits for an hour with room in the organization's quota. */
  leavesAt: Date | null;
  organizationName: string | null;
  senderId: string | null;
  /** Null for a sender outside the reader's view, shown as "Platform". */
  senderName: string | null;
  /** Set if the reader may open the person's page; inside an organization only after acceptance. */
  userId: string | null;
};

const countLimit = 10_000;

/** A scalar subquery: an EXISTS makes Postgres read whole organizations. On the whole platform it is `true`. */
export function isInView<P extends Permission>(can: Can<NoInfer<P>>, permission: P, personId: Sql): ScopedSql {
  const isThere = within(can, permission, sql`sm.organization_id`);
  const isMember = sql`
    coalesce((SELECT true FROM membership sm WHERE sm.user_id = ${personId} AND ${isThere} LIMIT 1), false)`;
  return platformOr(can, permission, isMember);
}

/** Not a `ScopedSql`: it hides names, but limits no rows. */
export function columns(can: Can<'invitations.read'>): Sql {
  const senderInView = isInView(can, 'invitations.read', sql`i.sender_id`);
  const personInView = reachOf(can, 'invitations.read') === 'platform' ? sql`true` : sql`i.state = 'accepted'`;
  return sql`
    i.id, i.email, i.first_name AS "firstName", i.last_name AS "lastName", i.state, i.delivery,
    i.held_since AS "onHoldSince", i.created_at AS "createdAt", i.sent_at AS "sentAt", i.opened_at AS "openedAt",
    i.expires_at AS "expiresAt", i.ended_at AS "endedAt",
    CASE WHEN i.state = 'open' THEN ${leavesAtOf(sql`i.id`)} END AS "leavesAt", o.name AS "organizationName",
    CASE WHEN ${senderInView} THEN i.sender_id END AS "senderId",
    CASE WHEN ${senderInView} THEN ${displayNameSql(sql`s`)} END AS "senderName",
    CASE WHEN ${personInView} THEN i.user_id END AS "userId"`;
}

export const joins = sql`
  LEFT JOIN organization o ON o.id = i.organization_id LEFT JOIN "user" s ON s.id = i.sender_id`;

const byState = (state: string) => sql`i.state = ${state}::invitation_state`;

const longAgo = (ms: number) => sql`app_now() - make_interval(secs => ${ms / 1000}::float8)`;

/** Each is a range of an index for its state. */
const ages: Record<NonNullable<InvitationMatch['age']>, Sql> = {
  long: sql`i.state = 'open' AND i.created_at < ${longAgo(invitationLimits.unansweredAfterMs)}`,
  lately: sql`
    i.state = 'expired' AND i.expires_at > ${longAgo(invitationLimits.ranOutLatelyMs)} AND NOT EXISTS (
      SELECT FROM invitation later WHERE later.user_id = i.user_id AND later.state IN ('open', 'accepted')
         AND later.organization_id IS NOT DISTINCT FROM i.organization_id)`,
};

/** Written so that each condition has an index: state and delivery, or the few on hold. */
function conditions(filter: InvitationMatch): Sql[] {
  const list: Sql[] = [];
  if (filter.show !== 'all') list.push(byState(filter.show));
  if (filter.status === 'held') list.push(sql`i.state = 'open' AND i.held_since IS NOT NULL`);
  else if (filter.status === 'accepted' || filter.status === 'expired' || filter.status === 'cancelled') {
    list.push(byState(filter.status));
  } else if (filter.status) {
    list.push(sql`i.state = 'open' AND i.delivery = ${filter.status}::delivery`);
  }
  if (filter.age) list.push(ages[filter.age]);
  if (filter.organization) list.push(sql`i.organization_id = ${filter.organization}::uuid`);
  if (filter.sender) list.push(sql`i.sender_id = ${filter.sender}::uuid`);
  if (filter.q) list.push(matching(filter.q));
  return list;
}

/** Three or more letters match any part of a name or address, fewer only the beginning. */
function matching(q: string): Sql {
  if ([...q].length >= 3) return sql`i.search LIKE '%' || searchable(fold(${q}::text)) || '%'`;
  return sql`(i.search LIKE searchable(fold(${q}::text)) || '%' OR i.email LIKE ${foldedLiteral(q)} || '%')`;
}

/** Whether a row `invitation i` matches the filters. It does not check the reader's scope. */
export function matches(filter: InvitationMatch): Sql {
  const list = conditions(filter);
  return list.length > 0 ? sql`(${join(list, ' AND ')})` : sql`true`;
}

function where(can: Can<'invitations.read'>, filter: InvitationMatch): ScopedSql {
  return sql`WHERE ${matches(filter)} AND ${within(can, 'invitations.read', sql`i.organization_id`)}`;
}

export async function listInvitations(can: Can<'invitations.read'>, filter: InvitationFilter) {
  const { after, before, size } = filter;
  const start = before ?? after;
  const isBack = before !== undefined;
  const from = !start
    ? empty
    : isBack
      ? sql`AND (i.created_at, i.id) > (${start.at}, ${start.id}::uuid)`
      : sql`AND (i.created_at, i.id) < (${start.at}, ${start.id}::uuid)`;
  const order = isBack ? sql`i.created_at, i.id` : sql`i.created_at DESC, i.id DESC`;
  const found = await can.read<InvitationRow>(sql`
    SELECT ${columns(can)} FROM (${pageOf(can, sql`${matches(filter)} ${from}`, order, size + 1)}) i ${joins}
     ORDER BY ${order}`);
  const { rows, previous, next } = cutPage(found, size, filter);
  return { rows, newer: timeCursor(previous), older: timeCursor(next) };
}

/** Reads each organization along its own index: for several at once, Postgres would read the whole list. */
function pageOf(can: Can<'invitations.read'>, where: Sql, order: Sql, limit: number): ScopedSql {
  const inOrder = sql`ORDER BY ${order} LIMIT ${limit}::int`;
  if (reachOf(can, 'invitations.read') !== 'several') {
    const inside = within(can, 'invitations.read', sql`i.organization_id`);
    return sql`SELECT i.* FROM invitation i WHERE ${inside} AND ${where} ${inOrder}`;
  }
  return sql`
    SELECT i.* FROM ${eachPlace(can, 'invitations.read')} CROSS JOIN LATERAL (
      SELECT i.* FROM invitation i WHERE i.organization_id = place.id AND ${where} ${inOrder}) i ${inOrder}`;
}

/** How many match: exact up to ten thousand, then "10,000+". */
export async function countInvitations(can: Can<'invitations.read'>, filter: InvitationMatch): Promise<Count> {
  const [row] = await can.read<{ count: number }>(sql`
    SELECT count(*)::int AS count FROM (
      SELECT 1 FROM invitation i ${where(can, filter)} LIMIT ${countLimit + 1}::int) matching`);
  return boundedCount(row?.count ?? 0, countLimit);
}

export type StateCounts = Record<InvitationRow['state'], Count>;

/** Counts by state, in all organizations or one. One statement; each count uses an index and stops at its limit. */
export async function countByState(
  can: Can<'invitations.read'>,
  { organization }: Pick<InvitationMatch, 'organization'>,
): Promise<StateCounts> {
  const other = { q: undefined, status: undefined, age: undefined, sender: undefined };
  const count = (show: keyof StateCounts) => sql`
    (SELECT count(*)::int FROM (
      SELECT 1 FROM invitation i ${where(can, { show, organization, ...other })} LIMIT ${countLimit + 1}::int) x)`;
  const [row] = await can.read<Record<keyof StateCounts, number>>(sql`
    SELECT ${count('open')} AS open, ${count('accepted')} AS accepted, ${count('expired')} AS expired,
           ${count('cancelled')} AS cancelled`);
  const counted = (state: keyof StateCounts) => boundedCount(row?.[state] ?? 0, countLimit);
  return {
    open: counted('open'),
    accepted: counted('accepted'),
    expired: counted('expired'),
    cancelled: counted('cancelled'),
  };
}

import type { Count } from '@/lib/counts';
import { join, type ScopedSql, type Sql, sql } from '@/server/db/sql';
import { reachOf, unscoped, within } from '@/server/scope';
import type { Can } from '@/server/work';
import type { UserStatus } from './list.schema';
import {
  commonHolderQueries,
  conditionsOf,
  type Estimate,
  insideOf,
  isMixed,
  type Matching,
  readsEverybody,
  sourceOf,
} from './list-conditions.queries';

const countLimit = 10_000;
/** From this estimate on nothing is counted: it is far enough above the limit to trust the planner. */
const surelyMany = 1.2 * countLimit;

export type UserFigures = {
  total: Count;
  active: Count;
  invited: Count;
  inactive: Count;
  /** Inside an organization it is the invitations, because nobody is a member before they accept. */
  invitedHref: '/users?status=invited' | '/invitations';
};

/**
 * People by status without archived ones, in one statement. Large numbers come from Postgres' statistics, but only for
 * the whole platform: inside organizations an estimate would reveal others, so people are counted, up to 10,000.
 */
export async function loadFigures(can: Can<'users.read'>): Promise<UserFigures> {
  const isPlatform = reachOf(can, 'users.read') === 'platform';
  type Figure = { status: UserStatus | 'waiting'; counted: number | null; estimate: number };
  const rows = isPlatform
    ? await can.read<Figure>(unscoped('figures of the whole platform'), platformFigures)
    : await can.read<Figure>(scopedFigures(can));
  const of = (status: UserStatus | 'waiting'): Count => {
    const row = rows.find((each) => each.status === status);
    if (!row) return 0;
    if (row.counted === null) return { about: row.estimate };
    return row.counted <= countLimit ? row.counted : isPlatform ? { about: row.estimate } : { atLeast: countLimit };
  };
  const listed = { active: of('active'), invited: of('invited'), inactive: of('inactive') };
  const total = sumOf(Object.values(listed), isPlatform);
  if (isPlatform) return { ...listed, total, invitedHref: '/users?status=invited' };
  return { ...listed, total, invited: of('waiting'), invitedHref: '/invitations' };
}

function sumOf(counts: Count[], mayEstimate: boolean): Count {
  const numbers = counts.map((count) =>
    typeof count === 'number' ? count : 'about' in count ? count.about : count.atLeast,
  );
  const sum = numbers.reduce((total, each) => total + each, 0);
  const isExact = counts.every((count) => typeof count === 'number');
  if (mayEstimate) return isExact ? sum : { about: sum };
  return isExact && sum <= countLimit ? sum : { atLeast: countLimit };
}

const bounded = <People extends Sql>(people: People, limit = countLimit) =>
  sql`(SELECT count(*)::int FROM (${people} LIMIT ${limit + 1}::int) counted)`;

const platformFigures = sql`
  SELECT s.status, s.estimate,
         CASE WHEN s.estimate < ${surelyMany}::float8
              THEN ${bounded(sql`SELECT 1 FROM "user" u WHERE u.status = s.status`)} END AS counted
    FROM (
      SELECT known.status, coalesce(freq.share * greatest(c.reltuples, 0), 0)::float8 AS estimate
        FROM unnest(enum_range(NULL::user_status)) AS known(status)
        JOIN pg_class c ON c.oid = '"user"'::regclass
        LEFT JOIN (SELECT unnest(most_common_vals::text::text[]) AS status, unnest(most_common_freqs) AS share
                     FROM pg_stats WHERE schemaname = 'public' AND tablename = 'user' AND attname = 'status') freq
          ON freq.status = known.status::text) s`;

function scopedFigures(can: Can<'users.read'>): ScopedSql {
  const inside = (column: Sql) => within(can, 'users.read', column);
  const person = reachOf(can, 'users.read') === 'one' ? sql`1` : sql`DISTINCT m.user_id`;
  const people = sql`
    SELECT ${person} FROM membership m WHERE ${inside(sql`m.organization_id`)} AND m.status = s.status`;
  const invitations = sql`SELECT 1 FROM invitation i WHERE ${inside(sql`i.organization_id`)} AND i.state = 'open'`;
  return sql`
    SELECT s.status::text, 0::float8 AS estimate, ${bounded(people)} AS counted
      FROM unnest(enum_range(NULL::user_status)) AS s(status)
    UNION ALL SELECT 'waiting', 0, ${bounded(invitations)}`;
}

/** Checking each of more people for a role or group would cost more than the page, so the estimate is used. */
const checkedOneByOne = 500;

/**
 * How many match: exact up to 10,000. Beyond that it is the planner's estimate on the whole platform and "10,000+"
 * inside organizations. Counting that many would cost more than the page itself.
 */
export async function countUsers(can: Can<'users.read'>, matching: Matching, known?: Estimate | null): Promise<Count> {
  if (matching.isNobody) return 0;
  const estimate = known === undefined ? await estimateUsers(can, matching) : known;
  const limit = matching.common.includes(true) ? checkedOneByOne : surelyMany;
  if (estimate && estimate.people >= limit) return { about: estimate.people };
  const count = await countMatches(can, matching, countLimit);
  if (count <= countLimit) return count;
  return estimate && estimate.people > countLimit ? { about: estimate.people } : { atLeast: countLimit };
}

/** Collecting and sorting this many costs no more than walking an index to find the first of them. */
const fewPeople = 1_000;

/** Null if they are many. Inside organizations no estimate is available, and an index counts a few at once. */
export async function countFew(can: Can<'users.read'>, matching: Matching): Promise<number | null> {
  if (readsEverybody(matching) || matching.filter.q === '' || matching.common.includes(true)) return null;
  const count = await countMatches(can, matching, fewPeople);
  return count > fewPeople ? null : count;
}

async function countMatches(can: Can<'users.read'>, matching: Matching, limit: number): Promise<number> {
  if (matching.isNobody) return 0;
  const { table, id } = sourceOf(matching);
  const people = sql`SELECT ${isMixed(matching) ? sql`DISTINCT ${id}` : sql`1`} FROM ${table}
    WHERE ${insideOf(matching)} AND ${conditionsOf(matching, id, 'set')}`;
  const [row] = await can.read<{ count: number }>(sql`SELECT ${bounded(people, limit)} AS count`);
  return row?.count ?? 0;
}

type Plan = { 'Plan Rows': number; 'Total Cost': number; Plans?: Plan[] };

/**
 * The planner's estimate for the whole platform; null where an estimate would reveal others. The planner does not know
 * how common a role or group is among the people who match, so the share among everybody is used.
 */
export async function estimateUsers(can: Can<'users.read'>, matching: Matching): Promise<Estimate | null> {
  if (matching.isNobody || !readsEverybody(matching)) return null;
  const { table, id } = sourceOf(matching);
  const common = commonHolderQueries(matching);
  const queries = [sql`SELECT 1 FROM ${table} WHERE ${conditionsOf(matching, id, 'own')}`];
  queries.push(sql`SELECT 1 FROM "user"`, ...common);
  // OFFSET makes each a plan of its own, and its rows are those of the aggregate's child, in the same order.
  const counts = queries.map((rows) => sql`(SELECT count(*) FROM (${rows} OFFSET 0) q)`);
  const plans = await can.read<{ 'QUERY PLAN': { Plan: Plan }[] }>(
    unscoped('estimates of the whole platform'),
    sql`EXPLAIN (FORMAT JSON) SELECT ${join(counts)}`,
  );
  const found = plans[0]?.['QUERY PLAN'][0]?.Plan.Plans?.map((each) => each.Plans?.[0]) ?? [];
  const [matches, everybody, ...holders] = found;
  const rows = (plan: Plan | undefined) => plan?.['Plan Rows'] ?? 0;
  const shares = holders.map((each) => Math.min(1, rows(each) / Math.max(rows(everybody), 1)));
  const people = shares.reduce((rest, share) => rest * share, rows(matches));
  return { people: Math.round(people), everybody: rows(everybody), cost: matches?.['Total Cost'] ?? 0 };
}

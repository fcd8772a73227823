import type { Count } from '@/lib/counts';
import { join, type ScopedSql, type Sql, sql } from '@/server/db/sql';
import { reachOf, unscoped, within } from '@/server/scope';
import type { Can } from '@/server/work';
import type { UserStatus } from './list.schema';
import { commonHolderQueries, conditionsOf, type Estimate } from './list-conditions.queries';
import { isMixed, type Matching, readsEverybody, type Source, sourcesOf } from './list-sources.queries';

const countLimit = 10_000;
/** From this estimate on nothing is counted: it is far enough above the limit to trust the planner. */
const surelyMany = 1.2 * countLimit;

export type UserFigures = {
  total: Count;
  active: Count;
  invited: Count;
  inactive: Count;
};

/**
 * People by status without archived ones, in one statement; inside organizations invited ones are the open invitations. Large numbers come from Postgres' statistics, but only for
 * the whole platform: inside organizations an estimate would reveal others, so people are counted, up to 10,000.
 */
export async function loadFigures(can: Can<'users.read'>): Promise<UserFigures> {
  const isPlatform = reachOf(can, 'users.read') === 'platform';
  type Figure = { status: UserStatus; counted: number | null; estimate: number };
  const rows = isPlatform
    ? await can.read<Figure>(unscoped('figures of the whole platform'), platformFigures)
    : await can.read<Figure>(scopedFigures(can));
  const of = (status: UserStatus): Count => {
    const row = rows.find((each) => each.status === status);
    if (!row) return 0;
    if (row.counted === null) return { about: row.estimate };
    return row.counted <= countLimit ? row.counted : isPlatform ? { about: row.estimate } : { atLeast: countLimit };
  };
  const listed = { active: of('active'), invited: of('invited'), inactive: of('inactive') };
  return { ...listed, total: sumOf(Object.values(listed), isPlatform) };
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
  const invitations = sql`
    SELECT 1 FROM invitation i WHERE ${inside(sql`i.organization_id`)} AND i.state = 'open' AND s.status = 'invited'`;
  return sql`
    SELECT s.status::text, 0::float8 AS estimate, ${bounded(people)} + ${bounded(invitations)} AS counted
      FROM unnest(enum_range(NULL::user_status)) AS s(status)`;
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
  const matches = (source: Source) => sql`(
    SELECT ${isMixed(matching) && source.kind === 'person' ? sql`DISTINCT ${source.id}` : sql`${source.id}`} FROM ${source.table}
     WHERE ${source.inside} AND ${conditionsOf(matching, source, 'set')} LIMIT ${limit + 1}::int)`;
  const found = join(sourcesOf(matching).map(matches), ' UNION ALL ');
  const [row] = await can.read<{ count: number }>(
    sql`SELECT ${bounded(sql`SELECT 1 FROM (${found}) found`, limit)} AS count`,
  );
  return row?.count ?? 0;
}

type Plan = { 'Plan Rows': number; 'Total Cost': number; Plans?: Plan[] };

/**
 * The planner's estimate for the whole platform; null where an estimate would reveal others. The planner does not know
 * how common a role or group is among the people who match, so the share among everybody is used.
 */
export async function estimateUsers(can: Can<'users.read'>, matching: Matching): Promise<Estimate | null> {
  if (matching.isNobody || !readsEverybody(matching)) return null;
  const common = commonHolderQueries(matching);
  const queries = sourcesOf(matching).map(
    (source) => sql`SELECT 1 FROM ${source.table} WHERE ${conditionsOf(matching, source, 'own')}`,
  );
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

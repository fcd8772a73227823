import type { Count } from '@/lib/counts';
import { type Sql, sql } from '@/server/db/sql';
import type { Can } from '@/server/work';
import type { UserStatus } from './list/schema';
import { conditionsOf, insideOf, type Matching, sourceOf } from './matching/queries';

/** Counting stops here. */
const countLimit = 10_000;
/** Above this the planner's word is taken without counting: far enough from the limit to be right about it. */
const surelyMany = 1.2 * countLimit;

export type UserFigures = {
  total: Count;
  active: Count;
  invited: Count;
  inactive: Count;
  /** Where the invited are listed: inside organizations nobody is a member before they accept. */
  invitedHref: '/users?status=invited' | '/invitations';
};

/**
 * How many people there are by status, archived ones left out: one statement. For the whole platform from Postgres'
 * statistics where they say tens of thousands; inside organizations counted up to 10,000 and never estimated, because
 * an estimate would tell of others.
 */
export async function loadFigures(can: Can<'users.read'>): Promise<UserFigures> {
  const scope = can.scope('users.read');
  const rows = await can.db.$queryRaw<{ status: UserStatus | 'waiting'; counted: number | null; estimate: number }[]>(
    scope.all ? platformFigures : scopedFigures(scope.organizationIds),
  );
  const of = (status: UserStatus | 'waiting'): Count => {
    const row = rows.find((each) => each.status === status);
    if (!row) return 0;
    if (row.counted === null) return { about: row.estimate };
    return row.counted <= countLimit ? row.counted : scope.all ? { about: row.estimate } : { atLeast: countLimit };
  };
  const listed = { active: of('active'), invited: of('invited'), inactive: of('inactive') };
  const total = sumOf(Object.values(listed), scope.all);
  if (scope.all) return { ...listed, total, invitedHref: '/users?status=invited' };
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

const bounded = (people: Sql) => sql`(SELECT count(*)::int FROM (${people} LIMIT ${countLimit + 1}::int) counted)`;

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

function scopedFigures(organizationIds: string[]): Sql {
  const people =
    organizationIds.length === 1
      ? sql`SELECT 1 FROM membership m WHERE m.organization_id = ${organizationIds[0]}::uuid AND m.status = s.status`
      : sql`SELECT DISTINCT m.user_id FROM membership m
             WHERE m.organization_id = ANY(${organizationIds}::uuid[]) AND m.status = s.status`;
  const invitations = sql`
    SELECT 1 FROM invitation i WHERE i.organization_id = ANY(${organizationIds}::uuid[]) AND i.state = 'open'`;
  return sql`
    SELECT s.status::text, 0::float8 AS estimate, ${bounded(people)} AS counted
      FROM unnest(enum_range(NULL::user_status)) AS s(status)
    UNION ALL SELECT 'waiting', 0, ${bounded(invitations)}`;
}

/**
 * How many match: exact up to 10,000. Beyond that the planner's estimate on the whole platform, "10,000+" inside
 * organizations. Two statements at most, because counting what the planner knows to be many would cost more than the
 * page itself.
 */
export async function countUsers(can: Can<'users.read'>, matching: Matching): Promise<Count> {
  if (matching.isNobody) return 0;
  const { table, id } = sourceOf(matching);
  const isMixed = (matching.organizationIds?.length ?? 0) > 1;
  const way = matching.organizationIds ? 'each' : 'set';
  const people = sql`SELECT ${isMixed ? sql`DISTINCT ${id}` : sql`1`} FROM ${table}
    WHERE ${insideOf(matching)} AND ${conditionsOf(matching, id, way)}`;
  const mayEstimate = matching.organizationIds === null && matching.scopeIds === null;
  const estimate = mayEstimate ? await estimateOf(can, people) : 0;
  if (estimate >= surelyMany) return { about: estimate };
  const [row] = await can.db.$queryRaw<{ count: number }[]>(sql`SELECT ${bounded(people)} AS count`);
  const count = row?.count ?? 0;
  if (count <= countLimit) return count;
  return mayEstimate && estimate > countLimit ? { about: estimate } : { atLeast: countLimit };
}

async function estimateOf(can: Can<'users.read'>, people: Sql): Promise<number> {
  const plans = await can.db.$queryRaw<{ 'QUERY PLAN': { Plan: { 'Plan Rows': number } }[] }[]>(
    sql`EXPLAIN (FORMAT JSON) ${people}`,
  );
  return plans[0]?.['QUERY PLAN'][0]?.Plan['Plan Rows'] ?? 0;
}

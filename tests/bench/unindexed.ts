import { type Client, escapeLiteral } from 'pg';
import { parseUserFilter, type UserFilter } from '@/features/users/list.schema';
import { median, type Result, ratioResult } from './report';
import type { Case } from './turns';
import { insidePostgres } from './usual';

const orders: Record<UserFilter['sort'], string> = {
  name: 'u.sort_name',
  email: 'u.email',
  status: 'u.status',
  created: 'u.created_at',
  lastSignIn: 'u.last_sign_in_at',
  lastActivity: 'u.last_activity_at',
};

/**
 * S of each page against the same rows and count without an index; the worst decides. It is a target for a million
 * people: ten thousand are read whole as fast as by any index.
 */
export async function againstUnindexed(
  client: Client,
  cases: Case[],
  { id, users }: { id: string; users: number },
): Promise<Result> {
  const pairs: { name: string; value: number; limit: number }[] = [];
  for (const { name, path, statements } of cases) {
    pairs.push({ name, value: median(statements), limit: await unindexedCost(client, path) });
  }
  const [worst] = pairs.toSorted((a, b) => b.value / b.limit - a.value / a.limit);
  if (!worst) throw new Error(`${id} has no case`);
  const { name, value, limit } = worst;
  const result = ratioResult({
    id: `${id}@${users}`,
    value,
    limit,
    target: 0.1,
    unit: 'ms',
    rule: '≤ 0.1 × at 1M',
    note: `${name}; S against ${limit.toFixed(limit < 100 ? 1 : 0)} ms without an index`,
  });
  return { ...result, ok: result.ok || users < 1_000_000 };
}

/**
 * The milliseconds inside Postgres for the rows and the count of an address of the users list, written as usual and
 * without any index: every table is read whole.
 */
async function unindexedCost(superuser: Client, address: string): Promise<number> {
  const filter = parseUserFilter(Object.fromEntries(new URL(address, 'http://list').searchParams), 50);
  const matching = `FROM "user" u WHERE ${conditionsOf(filter).join(' AND ')}`;
  const order = `${orders[filter.sort]} ${filter.direction}, u.id ${filter.direction}`;
  await superuser.query(
    `BEGIN; SET LOCAL enable_indexscan = off; SET LOCAL enable_indexonlyscan = off; SET LOCAL enable_bitmapscan = off`,
  );
  try {
    return await insidePostgres(superuser, [
      `SELECT count(*) ${matching}`,
      `SELECT u.* ${matching} ORDER BY ${order} LIMIT ${filter.size}`,
    ]);
  } finally {
    await superuser.query('ROLLBACK');
  }
}

function conditionsOf(filter: UserFilter): string[] {
  const { q, statuses, role, group, dormantDays, neverSignedIn, createdFrom, createdTo } = filter;
  const words = q.split(/[\s,]+/).filter((word) => word !== '');
  return [
    statuses.length > 0 ? `u.status IN (${statuses.map(escapeLiteral).join(', ')})` : `u.status <> 'archived'`,
    ...words.map((word) => `concat_ws(' ', u.first_name, u.last_name, u.email, u.phone) ILIKE ${anywhere(word)}`),
    ...(dormantDays === null
      ? []
      : [`coalesce(u.last_activity_at, u.created_at) < app_now() - interval '${dormantDays} days'`]),
    ...(neverSignedIn ? ['u.last_sign_in_at IS NULL'] : []),
    ...(createdFrom ? [`u.created_at >= ${escapeLiteral(createdFrom)}`] : []),
    ...(createdTo ? [`u.created_at < ${escapeLiteral(createdTo)}::date + 1`] : []),
    ...(role ? [`u.id IN (${holdersOf(role)})`] : []),
    ...(group ? [`u.id IN (SELECT user_id FROM group_member WHERE group_id = ${escapeLiteral(group)})`] : []),
  ];
}

function anywhere(word: string): string {
  return escapeLiteral(`%${word.replace(/[%_\\]/g, '\\$&')}%`);
}

function holdersOf(role: string): string {
  const withRole = `JOIN role r ON r.id = role_id WHERE r.key = ${escapeLiteral(role)}`;
  return `SELECT user_id FROM user_role ${withRole} UNION ALL SELECT user_id FROM membership_role ${withRole}
    UNION ALL SELECT user_id FROM group_member JOIN group_role USING (group_id) ${withRole}`;
}

import { boundedCount, type Count } from '@/lib/counts';
import type { Permission } from '@/lib/permissions';
import { empty, type Sql, sql } from '@/server/db/sql';
import type { Can, Scope } from '@/server/work';

/** What waits for somebody, with where to deal with it. Nothing waiting is left out. */
export type Waiting = { what: string; detail: string; href: string; count: Count; tone: 'info' | 'warn' | 'bad' };

const limit = 1000;

type Item = {
  permission: Permission;
  what: string;
  detail: string;
  href: string;
  tone: Waiting['tone'];
  rows(scope: Scope): Sql;
};

function inScope(scope: Scope): Sql {
  return scope.all ? empty : sql`AND organization_id = ANY(${scope.organizationIds}::uuid[])`;
}

const items: Item[] = [
  {
    permission: 'users.invite',
    what: 'Invitations need confirmation',
    detail: 'Their sender may no longer grant what they promise. Somebody who may has to confirm them.',
    href: '/invitations?status=held',
    tone: 'warn',
    rows: (scope) => sql`FROM invitation WHERE state = 'open' AND held_since IS NOT NULL ${inScope(scope)}`,
  },
  {
    permission: 'invitations.read',
    what: 'Invitations did not arrive',
    detail: 'The mail server refused them. Check the address and send them again.',
    href: '/invitations?status=bounced',
    tone: 'bad',
    rows: (scope) => sql`FROM invitation WHERE state = 'open' AND delivery = 'bounced' ${inScope(scope)}`,
  },
  {
    permission: 'invitations.read',
    what: 'Invitations unanswered for three days',
    detail: 'Send them again, or ask the person another way.',
    href: '/invitations?status=sent',
    tone: 'info',
    rows: (scope) => sql`
      FROM invitation WHERE state = 'open' AND created_at < app_now() - interval '3 days' ${inScope(scope)}`,
  },
  {
    permission: 'users.import',
    what: 'Imports wait for you to confirm them',
    detail: 'They were reviewed row by row, and nothing has happened yet.',
    href: '/imports',
    tone: 'info',
    rows: (scope) => sql`FROM plan WHERE kind = 'import' AND state = 'ready' ${inScope(scope)}`,
  },
  {
    permission: 'users.import',
    what: 'Imports failed',
    detail: 'Each says why and what to do.',
    href: '/imports',
    tone: 'bad',
    rows: (scope) => sql`
      FROM plan WHERE kind = 'import' AND state = 'failed' AND created_at > app_now() - interval '7 days' ${inScope(scope)}`,
  },
  {
    permission: 'emails.read',
    what: 'Emails could not be sent',
    detail: 'In the last seven days, with the mail server’s answer.',
    href: '/emails?state=failed',
    tone: 'bad',
    rows: (scope) => sql`
      FROM email WHERE state = 'failed' AND created_at > app_now() - interval '7 days' ${inScope(scope)}`,
  },
];

/** One statement for all items the reader may deal with; each count stops at a thousand. */
export async function listWaiting(can: Can<'account.own'>): Promise<Waiting[]> {
  const mine = items.flatMap((item) => {
    const reader = can.as(item.permission);
    return reader ? [{ ...item, source: item.rows(reader.scope(item.permission)) }] : [];
  });
  if (mine.length === 0) return [];
  const counts = mine.map(({ source }, at) => {
    return sql`SELECT ${at}::int AS at, count(*)::int AS counted
                 FROM (SELECT 1 ${source} LIMIT ${limit + 1}::int) waiting`;
  });
  const rows = await can.db.$queryRaw<{ at: number; counted: number }[]>(unionAll(counts));
  return rows
    .filter(({ counted }) => counted > 0)
    .sort((a, b) => a.at - b.at)
    .flatMap(({ at, counted }) => {
      const item = mine[at];
      if (!item) return [];
      const { what, detail, href, tone } = item;
      return [{ what, detail, href, tone, count: boundedCount(counted, limit) }];
    });
}

function unionAll(parts: Sql[]): Sql {
  return parts.reduce((all, part) => sql`${all} UNION ALL ${part}`);
}

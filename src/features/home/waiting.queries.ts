import { matches } from '@/features/invitations/list.queries';
import { invitationMatchSchema } from '@/features/invitations/list.schema';
import { boundedCount, type Count } from '@/lib/counts';
import type { Permission } from '@/lib/permissions';
import { hrefWith } from '@/lib/search-params';
import { onDays } from '@/server/db/days';
import { join, type ScopedSql, sql } from '@/server/db/sql';
import { within } from '@/server/scope';
import type { Can } from '@/server/work';

export type Waiting = { what: string; detail: string; href: string; count: Count; tone: 'info' | 'warn' | 'bad' };

const limit = 1000;

type Item = {
  permission: Permission;
  what: string;
  detail: string;
  href: string | ((reader: Reader) => string);
  tone: Waiting['tone'];
  rows(inScope: ScopedSql, reader: Reader): ScopedSql;
};

type Reader = { id: string; timeZone: string };

/** The count and its link share one filter, so that they always agree. */
function invitationsUnder(params: Record<string, string>): Pick<Item, 'href' | 'rows'> {
  const matching = matches(invitationMatchSchema.parse(params));
  return {
    href: hrefWith({ path: '/invitations', params }, {}),
    rows: (inScope) => sql`FROM invitation i WHERE ${matching} AND ${inScope}`,
  };
}

const items: Item[] = [
  {
    permission: 'users.invite',
    what: 'Invitations need confirmation',
    detail: 'Their senders can no longer grant this access. Somebody who can grant it has to confirm them.',
    tone: 'warn',
    ...invitationsUnder({ status: 'held' }),
  },
  {
    permission: 'invitations.read',
    what: 'Invitations did not arrive',
    detail: 'The mail server refused them. Check the address and resend them.',
    tone: 'bad',
    ...invitationsUnder({ status: 'bounced' }),
  },
  {
    permission: 'invitations.read',
    what: 'Invitations unanswered for three days',
    detail: 'Send them again, or ask the person another way.',
    tone: 'info',
    ...invitationsUnder({ age: 'long' }),
  },
  {
    permission: 'invitations.read',
    what: 'Invitations expired unanswered',
    detail: 'In the last 30 days. Send them again or cancel them.',
    tone: 'info',
    ...invitationsUnder({ show: 'expired', age: 'lately' }),
  },
  {
    permission: 'users.import',
    what: 'Imports wait for you to confirm them',
    detail: 'Every row was checked. Nothing changes until you confirm.',
    href: '/imports',
    tone: 'info',
    // Nobody else can confirm them.
    rows: (inScope, { id }) => sql`
      FROM plan WHERE kind = 'import' AND state = 'ready' AND created_by = ${id}::uuid AND ${inScope}`,
  },
  {
    permission: 'users.import',
    what: 'Imports failed',
    detail: 'Each import says why and what to do.',
    href: '/imports',
    tone: 'bad',
    rows: (inScope) => sql`
      FROM plan WHERE kind = 'import' AND state = 'failed' AND created_at > app_now() - interval '7 days' AND ${inScope}`,
  },
  {
    permission: 'emails.read',
    what: 'Emails could not be sent',
    detail: 'In the last seven days, with the mail server’s answer.',
    href: ({ timeZone }) => `/emails?state=failed&timeFrom=${weekAgo(timeZone)}`,
    tone: 'bad',
    // The same state and days as in the link, so that the count and the list agree.
    rows: (inScope, { timeZone }) => {
      const [since] = onDays(sql`created_at`, { from: weekAgo(timeZone) }, timeZone);
      return sql`FROM email WHERE state = 'failed' AND ${since} AND ${inScope}`;
    },
  },
];

/** A day in the reader's time zone, as the log's filter expects it: YYYY-MM-DD. */
function weekAgo(timeZone: string): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone }).format(Date.now() - 7 * 86_400_000);
}

/** Counts in one statement all items the reader may work on. Each count stops at a thousand; zero is left out. */
export async function listWaiting(can: Can<'account.own'>): Promise<Waiting[]> {
  const viewer: Reader = { id: can.actor.id, timeZone: can.timeZone };
  const mine = items.flatMap((item) => {
    const reader = can.as(item.permission);
    if (!reader) return [];
    return [{ ...item, source: item.rows(within(reader, item.permission, sql`organization_id`), viewer) }];
  });
  if (mine.length === 0) return [];
  const counts = mine.map(({ source }, at) => {
    return sql`SELECT ${at}::int AS at, count(*)::int AS counted
                 FROM (SELECT 1 ${source} LIMIT ${limit + 1}::int) waiting`;
  });
  const rows = await can.read<{ at: number; counted: number }>(join(counts, ' UNION ALL '));
  return rows
    .filter(({ counted }) => counted > 0)
    .sort((a, b) => a.at - b.at)
    .flatMap(({ at, counted }) => {
      const item = mine[at];
      if (!item) return [];
      const { what, detail, tone } = item;
      const href = typeof item.href === 'string' ? item.href : item.href(viewer);
      return [{ what, detail, href, tone, count: boundedCount(counted, limit) }];
    });
}

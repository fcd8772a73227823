import { importMatches } from '@/features/imports/list.queries';
import { type ImportsMatch, readImportsFilter } from '@/features/imports/list.schema';
import { matches } from '@/features/invitations/list.queries';
import { invitationMatchSchema } from '@/features/invitations/list.schema';
import { invitationLimits } from '@/lib/limits';
import type { Permission } from '@/lib/permissions';
import { hrefWith } from '@/lib/search-params';
import { onDays } from '@/server/db/days';
import { type ScopedSql, type Sql, sql } from '@/server/db/sql';
import type { WaitingKey } from './hiding.schema';

export type Reader = { id: string; timeZone: string };

export type Item = {
  key: WaitingKey;
  permission: Permission;
  what: string;
  detail: string;
  button: string;
  tone: 'info' | 'warn' | 'bad';
  /** The list of these rows; with one row alone, its own page. */
  href(reader: Reader, oldest: string): string;
  record?(id: string): string;
  /** FROM and WHERE, in which `column` is the organization and `at` the time since when a row waits. */
  id: Sql;
  at: Sql;
  column: Sql;
  rows(inScope: ScopedSql, reader: Reader): ScopedSql;
};

/** The count and its link share one filter, so that they always agree. */
function invitationsUnder(params: Record<string, string>) {
  const matching = matches(invitationMatchSchema.parse(params));
  return {
    href: () => hrefWith({ path: '/invitations', params }, {}),
    record: (id: string) => `/invitations/${id}`,
    id: sql`i.id`,
    at: sql`i.created_at`,
    column: sql`i.organization_id`,
    rows: (inScope: ScopedSql) => sql`FROM invitation i WHERE ${matching} AND ${inScope}`,
  };
}

function importsUnder(params: Record<string, string>) {
  const filter: ImportsMatch = readImportsFilter(params);
  return {
    href: () => hrefWith({ path: '/imports', params }, {}),
    record: (id: string) => `/imports/${id}`,
    id: sql`p.id`,
    at: sql`coalesce(p.finished_at, p.created_at)`,
    column: sql`p.organization_id`,
    rows: (inScope: ScopedSql, { id }: Reader) =>
      sql`FROM plan p JOIN upload u ON u.plan_id = p.id WHERE ${importMatches(filter, id)} AND ${inScope}`,
  };
}

const after = (ms: number) => sql`make_interval(secs => ${ms / 1000}::float8)`;

/** In the order in which Home shows them. */
export const items: Item[] = [
  {
    key: 'first-organization',
    permission: 'organizations.create',
    what: 'First organization to create',
    detail: 'There is none yet. Until then, people can only be invited to the platform itself.',
    button: 'New organization',
    tone: 'info',
    href: () => '/organizations/new',
    id: sql`NULL::uuid`,
    at: sql`first.at`,
    column: sql`first.organization_id`,
    rows: (inScope) => sql`
      FROM (SELECT NULL::uuid AS organization_id, min(created_at) AS at FROM "user") first
     WHERE NOT EXISTS (SELECT FROM organization) AND ${inScope}`,
  },
  {
    key: 'held',
    permission: 'users.invite',
    what: 'Invitations need confirmation',
    detail: 'Their senders can no longer grant this access. Somebody who can grant it has to confirm them.',
    button: 'Review',
    tone: 'warn',
    ...invitationsUnder({ status: 'held' }),
    at: sql`i.held_since`,
  },
  {
    key: 'bounced',
    permission: 'invitations.read',
    what: 'Invitations did not arrive',
    detail: 'The mail server refused them. Check the address and resend them.',
    button: 'Check addresses',
    tone: 'bad',
    ...invitationsUnder({ status: 'bounced' }),
  },
  {
    key: 'failed',
    permission: 'invitations.read',
    what: 'Invitations could not be sent',
    detail: 'The mail server did not take them. Resend them.',
    button: 'Review',
    tone: 'bad',
    ...invitationsUnder({ status: 'failed' }),
  },
  {
    key: 'unanswered',
    permission: 'invitations.read',
    what: 'Invitations unanswered for three days',
    detail: 'Resend them, or ask the person another way.',
    button: 'Follow up',
    tone: 'info',
    ...invitationsUnder({ age: 'long' }),
    at: sql`i.created_at + ${after(invitationLimits.unansweredAfterMs)}`,
  },
  {
    key: 'expired',
    permission: 'invitations.read',
    what: 'Invitations expired unanswered',
    detail: 'In the last 30 days. Resend them or cancel them.',
    button: 'Follow up',
    tone: 'info',
    ...invitationsUnder({ show: 'expired', age: 'lately' }),
    at: sql`i.expires_at`,
  },
  {
    key: 'bulk',
    permission: 'users.invite',
    what: 'Changes of many invitations wait for you to confirm them',
    detail: 'Every row was checked. Nothing changes until you confirm.',
    button: 'Review',
    tone: 'info',
    href: (_reader, oldest) => `/invitations/bulk/${oldest}`,
    id: sql`p.id`,
    at: sql`p.created_at`,
    column: sql`p.organization_id`,
    rows: (inScope, { id }) => sql`
      FROM plan p WHERE p.kind = 'invitations' AND p.state = 'ready' AND p.created_by = ${id}::uuid AND ${inScope}`,
  },
  {
    key: 'imports-columns',
    permission: 'users.import',
    what: 'Imports wait for their columns',
    detail: 'The file is uploaded. Say what its columns are, and every row is checked.',
    button: 'Choose columns',
    tone: 'info',
    ...importsUnder({ by: 'me', step: 'columns' }),
  },
  {
    key: 'imports-ready',
    permission: 'users.import',
    what: 'Imports wait for you to confirm them',
    detail: 'Every row was checked. Nothing changes until you confirm.',
    button: 'Review',
    tone: 'info',
    // Nobody else can confirm them.
    ...importsUnder({ by: 'me', state: 'ready' }),
  },
  {
    key: 'imports-failed',
    permission: 'users.import',
    what: 'Imports failed',
    detail: 'In the last seven days. Each import says why and what to do.',
    button: 'See why',
    tone: 'bad',
    ...importsUnder({ state: 'failed', age: 'lately' }),
  },
  {
    key: 'emails-failed',
    permission: 'emails.read',
    what: 'Emails could not be sent',
    detail: 'In the last seven days, with the mail server’s answer.',
    button: 'See why',
    tone: 'bad',
    href: ({ timeZone }) => `/emails?state=failed&timeFrom=${weekAgo(timeZone)}`,
    record: (id) => `/emails/${id}`,
    id: sql`id`,
    at: sql`created_at`,
    column: sql`organization_id`,
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

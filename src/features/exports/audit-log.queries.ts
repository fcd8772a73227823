import { wholeAuditLog } from '@/features/audit/list.queries';
import { readAuditFilter } from '@/features/audit/list.schema';
import { boundedCount } from '@/lib/counts';
import { join, type Sql, sql } from '@/server/db/sql';
import { onlyPlace } from '@/server/scope';
import { type ExportField, type Listing, namedIn } from './download.schema';

const fields = [
  { key: 'time', label: 'Time', kind: 'time', isUsual: true },
  { key: 'action', label: 'Action', kind: 'text', isUsual: true },
  { key: 'by', label: 'By', kind: 'text', isUsual: true },
  { key: 'by_email', label: 'By, address', kind: 'text', isUsual: true },
  { key: 'by_kind', label: 'By, kind', hint: 'person, system, operator or nobody', kind: 'text', isUsual: true },
  { key: 'subject', label: 'Done to', kind: 'text', isUsual: true },
  { key: 'subject_email', label: 'Done to, address', kind: 'text', isUsual: true },
  { key: 'subject_type', label: 'Done to, kind', kind: 'text', isUsual: true },
  { key: 'subject_id', label: 'Done to, id', kind: 'text' },
  { key: 'organization', label: 'Organization', kind: 'text', isUsual: true },
  { key: 'request', label: 'Request id', kind: 'text' },
  {
    key: 'details',
    label: 'Details',
    hint: 'Before, after, reason and address, as JSON.',
    kind: 'json',
    isUsual: true,
  },
  { key: 'id', label: 'Event id', kind: 'text' },
] as const satisfies ExportField[];

const countLimit = 10_000;

type Key = (typeof fields)[number]['key'];

type LogColumns = Pick<Awaited<ReturnType<typeof wholeAuditLog>>, 'names' | 'details'>;

const columnsWith = ({
  names: { actor, actorEmail, subject, subjectEmail },
  details,
}: LogColumns): Record<Key, Sql> => ({
  time: sql`e.at`,
  action: sql`e.action`,
  by: sql`coalesce(nullif(${actor}, ''), ${actorEmail})`,
  by_email: actorEmail,
  subject: sql`coalesce(nullif(${subject}, ''), ${subjectEmail})`,
  subject_email: subjectEmail,
  // Without a name, the kind says why there is none.
  by_kind: sql`CASE e.actor_kind WHEN 'user' THEN 'person' WHEN 'anonymous' THEN 'nobody' ELSE e.actor_kind::text END`,
  subject_type: sql`e.subject_type`,
  subject_id: sql`e.subject_id`,
  organization: sql`o.name`,
  request: sql`e.request_id`,
  details,
  id: sql`e.id`,
});

export const eventListing: Listing<'audit.read'> = {
  name: 'audit',
  title: 'Export the audit log',
  noun: ['event', 'events'],
  permission: 'audit.read',
  fields,
  async prepare(can, params) {
    const { from, where, order, ...logColumns } = await wholeAuditLog(can, readAuditFilter(params));
    const columns = columnsWith(logColumns);
    const [row] = await can.read<{ count: number }>(sql`
      SELECT count(*)::int AS count FROM (SELECT 1 FROM audit_event e WHERE ${where} LIMIT ${countLimit + 1}::int) counted`);
    return {
      count: boundedCount(row?.count ?? 0, countLimit),
      organizationId: onlyPlace(can, 'audit.read'),
      filter: namedIn(params, ['q', 'actor', 'subject', 'action', 'organization', 'timeFrom', 'timeTo']),
      statements: (keys) => [
        sql`
          SELECT ${join((keys as Key[]).map((key) => columns[key]))} FROM ${from} WHERE ${where} ${order}`,
      ],
    };
  },
};

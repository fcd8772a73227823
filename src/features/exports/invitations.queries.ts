import { countInvitations, isInView, matches } from '@/features/invitations/list.queries';
import { invitationMatchSchema } from '@/features/invitations/list.schema';
import { isOverdue } from '@/features/invitations/overdue.queries';
import { displayNameSql } from '@/server/db/names';
import { join, type Sql, sql } from '@/server/db/sql';
import { narrowed, onlyPlace, reachOf, within } from '@/server/scope';
import { type ExportField, type Listing, namedIn } from './download.schema';

const fields = [
  { key: 'email', label: 'Email', kind: 'text', isUsual: true },
  { key: 'first_name', label: 'First name', kind: 'text', isUsual: true },
  { key: 'last_name', label: 'Last name', kind: 'text', isUsual: true },
  { key: 'state', label: 'State', kind: 'text', isUsual: true },
  { key: 'organization', label: 'Organization', kind: 'text', isUsual: true },
  { key: 'roles', label: 'Roles', kind: 'list', isUsual: true },
  { key: 'groups', label: 'Groups', kind: 'list' },
  { key: 'sent_by', label: 'Sent by', kind: 'text', isUsual: true },
  { key: 'invited', label: 'Invited', kind: 'time', isUsual: true },
  { key: 'days_waiting', label: 'Days waiting', kind: 'number' },
  { key: 'sent', label: 'Last email sent', kind: 'time' },
  { key: 'opened', label: 'Link opened', kind: 'time' },
  { key: 'link_until', label: 'Link until', kind: 'time', isUsual: true },
  { key: 'ended', label: 'Ended', kind: 'time' },
] as const satisfies ExportField[];

type Key = (typeof fields)[number]['key'];

const names = ['show', 'status', 'age', 'q', 'organization', 'sender'];

export const invitationListing: Listing<'invitations.read'> = {
  name: 'invitations',
  title: 'Export invitations',
  noun: ['invitation', 'invitations'],
  permission: 'invitations.read',
  fields,
  async prepare(can, params) {
    const reader = narrowed(can, 'users.export');
    const filter = invitationMatchSchema.parse(params);
    const count = await countInvitations(reader, filter);
    const isPlatform = reachOf(reader, 'invitations.read') === 'platform';
    const inside = within(reader, 'invitations.read', sql`i.organization_id`);
    return {
      count,
      organizationId: isPlatform ? (filter.organization ?? null) : onlyPlace(reader, 'invitations.read'),
      filter: namedIn(params, names),
      statements: (keys, isJson) => [
        sql`
          SELECT ${join((keys as Key[]).map((key) => columnOf(key, isJson)))}
            FROM invitation i LEFT JOIN organization o ON o.id = i.organization_id
            LEFT JOIN "user" s ON s.id = i.sender_id AND ${isInView(reader, 'invitations.read', sql`i.sender_id`)}
           WHERE ${matches(filter)} AND ${inside} ORDER BY i.created_at DESC, i.id DESC`,
      ],
    };
  },
};

function columnOf(key: Key, isJson: boolean): Sql {
  const list = (rows: Sql) =>
    isJson ? sql`array_to_json(ARRAY(${rows}))` : sql`array_to_string(ARRAY(${rows}), '; ')`;
  const columns: Record<Key, Sql> = {
    email: sql`i.email`,
    first_name: sql`i.first_name`,
    last_name: sql`i.last_name`,
    state: sql`
      CASE WHEN i.state <> 'open' THEN i.state::text WHEN ${isOverdue} THEN 'expired'
           WHEN i.held_since IS NOT NULL THEN 'held' ELSE i.delivery::text END`,
    organization: sql`o.name`,
    roles: list(sql`
      SELECT r.name FROM invitation_role ir JOIN role r ON r.id = ir.role_id WHERE ir.invitation_id = i.id ORDER BY 1`),
    groups: list(sql`
      SELECT g.name FROM invitation_group ig JOIN "group" g ON g.id = ig.group_id
       WHERE ig.invitation_id = i.id ORDER BY 1`),
    sent_by: sql`${displayNameSql(sql`s`)}`,
    invited: sql`i.created_at`,
    days_waiting: sql`CASE WHEN i.state = 'open' THEN floor(extract(epoch FROM app_now() - i.created_at) / 86400)::int END`,
    sent: sql`i.sent_at`,
    opened: sql`i.opened_at`,
    link_until: sql`i.expires_at`,
    ended: sql`i.ended_at`,
  };
  return columns[key];
}

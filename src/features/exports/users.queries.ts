import { countUsers } from '@/features/users/counts.queries';
import { resolveFilter } from '@/features/users/filter.queries';
import { filterNames, parseUserFilter } from '@/features/users/list.schema';
import { conditionsOf } from '@/features/users/list-conditions.queries';
import { stretchesOf } from '@/features/users/list-order.queries';
import {
  columnsOf as columnsOfSource,
  isMixed,
  type Matching,
  readsEverybody,
  type Source,
  sourcesOf,
} from '@/features/users/list-sources.queries';
import { empty, join, type ScopedSql, type Sql, sql } from '@/server/db/sql';
import { narrowed, onlyPlace } from '@/server/scope';
import type { Can } from '@/server/work';
import { type AccessColumn, gathered, joinNames, namesOf } from './access-columns.queries';
import { type ExportField, type Listing, namedIn } from './download.schema';

const fields = [
  { key: 'email', label: 'Email', kind: 'text', isUsual: true },
  { key: 'first_name', label: 'First name', kind: 'text', isUsual: true },
  { key: 'last_name', label: 'Last name', kind: 'text', isUsual: true },
  { key: 'phone', label: 'Phone', kind: 'text', isUsual: true },
  { key: 'extension', label: 'Extension', kind: 'text' },
  { key: 'status', label: 'Status', kind: 'text', isUsual: true },
  { key: 'roles', label: 'Roles', kind: 'list', isUsual: true },
  { key: 'groups', label: 'Groups', kind: 'list', needs: 'groups.read' },
  { key: 'organization', label: 'Organization', kind: 'list', isUsual: true },
  { key: 'pending_roles', label: 'Pending roles', kind: 'list', isUsual: true },
  { key: 'pending_groups', label: 'Pending groups', kind: 'list', needs: 'groups.read' },
  { key: 'pending_organization', label: 'Pending organization', kind: 'list', isUsual: true },
  { key: 'created', label: 'Created', kind: 'time' },
  { key: 'last_sign_in', label: 'Last sign-in', kind: 'time', isUsual: true },
  { key: 'last_activity', label: 'Last activity', kind: 'time' },
  { key: 'id', label: 'Id in Rollcall', kind: 'text' },
] as const satisfies ExportField[];

type Key = (typeof fields)[number]['key'];

/** Of an account, and of an invitation where the row is one: that has nothing of the account. */
const columns: Record<Exclude<Key, AccessColumn>, { person: Sql; invitation: Sql }> = {
  email: { person: sql`email`, invitation: sql`i.email` },
  first_name: { person: sql`first_name`, invitation: sql`i.first_name` },
  last_name: { person: sql`last_name`, invitation: sql`i.last_name` },
  phone: { person: sql`phone`, invitation: sql`i.phone` },
  extension: { person: sql`extension`, invitation: sql`NULL` },
  status: { person: sql`status`, invitation: sql`'invited'::user_status` },
  created: { person: sql`created_at`, invitation: sql`i.created_at` },
  last_sign_in: { person: sql`last_sign_in_at`, invitation: sql`i.never` },
  last_activity: { person: sql`last_activity_at`, invitation: sql`i.never` },
  id: { person: sql`id`, invitation: sql`i.id` },
};

export const peopleListing: Listing<'users.read'> = {
  name: 'users',
  title: 'Export people',
  noun: ['person', 'people'],
  permission: 'users.read',
  fields,
  async prepare(can, { after: _after, before: _before, ...params }) {
    const reader = narrowed(can, 'users.export');
    const matching = await resolveFilter(reader, parseUserFilter(params, 50));
    const count = await countUsers(reader, matching);
    // Permission to see groups in one organization does not reveal the groups of another.
    const groupReader = narrowed(reader, 'groups.read');
    return {
      count,
      organizationId: onlyPlace(matching.inside, 'users.read'),
      filter: namedIn(params, [...filterNames, 'sort', 'direction']),
      // Collecting names for everybody at once is faster than one look-up per person, unless there are few people.
      statements: (keys, isJson) =>
        statementsOf(matching, groupReader, keys as Key[], isJson, typeof count === 'number' ? 'each' : 'set'),
    };
  },
};

type Way = 'each' | 'set';

/** One statement for each stretch that an index can read in the list's order. */
function statementsOf(
  matching: Matching,
  groupReader: Can<'users.read'>,
  keys: readonly Key[],
  isJson: boolean,
  way: Way,
): ScopedSql[] {
  const read = columnsOf(matching, groupReader, keys, isJson, way);
  const rest = join([empty, ...read.joins], ' ');
  const rows = sourcesOf(matching).map((source) => rowsOf(matching, source, way));
  return stretchesOf(matching, sql`p.id`).map(({ where, orderBy }) => {
    if (readsEverybody(matching)) {
      const own = join(sourcesOf(matching).map(({ inside }) => inside));
      return sql`SELECT ${join(read.columns)} FROM "user" p ${rest}
        WHERE ${own} AND ${conditionsOf(matching, { kind: 'person', id: sql`p.id` }, way)} AND ${where} ORDER BY ${orderBy}`;
    }
    return sql`
      SELECT ${join(read.columns)} FROM (${join(rows, ' UNION ALL ')}) p
        LEFT JOIN "user" u ON u.id = p.id AND NOT p.is_invitation
        LEFT JOIN invitation i ON i.id = p.id AND p.is_invitation ${rest}
       WHERE ${where} ORDER BY ${orderBy}`;
  });
}

/** A member of several organizations appears once. */
function rowsOf(matching: Matching, source: Source, way: Way): ScopedSql {
  const once = isMixed(matching) && source.kind === 'person' ? sql`DISTINCT ON (${source.id})` : empty;
  return sql`
    SELECT ${once} ${columnsOfSource(source)} FROM ${source.table}
     WHERE ${source.inside} AND ${conditionsOf(matching, source, way)}`;
}

function columnsOf(
  matching: Matching,
  groupReader: Can<'users.read'>,
  keys: readonly Key[],
  isJson: boolean,
  way: Way,
) {
  const id = sql`p.id`;
  const written = (names: Sql) =>
    isJson ? sql`array_to_json(coalesce(${names}, '{}'))` : sql`array_to_string(${names}, '; ')`;
  const joins: Sql[] = [];
  const read = keys.map((key) => {
    if (!isAccess(key)) {
      const { person, invitation } = columns[key];
      if (readsEverybody(matching)) return sql`p.${person}`;
      return sql`CASE WHEN p.is_invitation THEN ${invitation} ELSE u.${person} END`;
    }
    const reader = key === 'groups' || key === 'pending_groups' ? groupReader : matching.can;
    if (way === 'each') return written(namesOf(key, reader, id));
    joins.push(joinNames(key, reader, id));
    return written(sql`${gathered(key)}.names`);
  });
  return { columns: read, joins };
}

function isAccess(key: Key): key is Extract<Key, AccessColumn> {
  return !Object.hasOwn(columns, key);
}

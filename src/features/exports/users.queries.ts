import { countUsers } from '@/features/users/counts.queries';
import { resolveFilter } from '@/features/users/filter.queries';
import { filterNames, parseUserFilter } from '@/features/users/list.schema';
import {
  conditionsOf,
  insideOf,
  isMixed,
  type Matching,
  readsEverybody,
  sourceOf,
} from '@/features/users/list-conditions.queries';
import { stretchesOf } from '@/features/users/list-order.queries';
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
  { key: 'created', label: 'Created', kind: 'time' },
  { key: 'last_sign_in', label: 'Last sign-in', kind: 'time', isUsual: true },
  { key: 'last_activity', label: 'Last activity', kind: 'time' },
  { key: 'id', label: 'Id in Rollcall', kind: 'text' },
] as const satisfies ExportField[];

type Key = (typeof fields)[number]['key'];

const columns: Record<Exclude<Key, AccessColumn>, Sql> = {
  email: sql`email`,
  first_name: sql`first_name`,
  last_name: sql`last_name`,
  phone: sql`phone`,
  extension: sql`extension`,
  status: sql`status`,
  created: sql`created_at`,
  last_sign_in: sql`last_sign_in_at`,
  last_activity: sql`last_activity_at`,
  id: sql`id`,
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
  const { table, id } = sourceOf(matching);
  const own = sql`${insideOf(matching)} AND ${conditionsOf(matching, id, way)}`;
  // A member of several organizations appears once.
  const source = isMixed(matching) ? sql`(SELECT DISTINCT ON (${id}) p.* FROM ${table} WHERE ${own}) p` : table;
  const read = columnsOf(matching, groupReader, keys, isJson, way, id);
  return stretchesOf(matching).map(
    ({ where, orderBy }) => sql`
      SELECT ${join(read.columns)} FROM ${source} ${readsEverybody(matching) ? empty : sql`JOIN "user" u ON u.id = ${id}`}
        ${join([empty, ...read.joins], ' ')}
       WHERE ${isMixed(matching) ? insideOf(matching) : own} AND ${where} ORDER BY ${orderBy}`,
  );
}

function columnsOf(
  matching: Matching,
  groupReader: Can<'users.read'>,
  keys: readonly Key[],
  isJson: boolean,
  way: Way,
  id: Sql,
) {
  const person = readsEverybody(matching) ? sql`p` : sql`u`;
  const written = (names: Sql) =>
    isJson ? sql`array_to_json(coalesce(${names}, '{}'))` : sql`array_to_string(${names}, '; ')`;
  const joins: Sql[] = [];
  const read = keys.map((key) => {
    if (key !== 'roles' && key !== 'groups' && key !== 'organization') return sql`${person}.${columns[key]}`;
    const reader = key === 'groups' ? groupReader : matching.can;
    if (way === 'each') return written(namesOf(key, reader, id));
    joins.push(joinNames(key, reader, id));
    return written(sql`${gathered(key)}.names`);
  });
  return { columns: read, joins };
}

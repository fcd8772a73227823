import type { NameList } from '@/lib/name-list';
import { searchTerms } from '@/lib/search-terms';
import { empty, join, type Sql, sql } from './sql';

/** Escaped for LIKE only after folding, because unaccent turns `％` into `%`. */
export function foldedLiteral(term: string): Sql {
  return sql`replace(replace(replace(fold(${term}::text), '\\', '\\\\'), '%', '\\%'), '_', '\\_')`;
}

/** Whether a name holds every word that somebody typed: short ones begin a word of it. `key` is folded. */
export function holdsWords(key: Sql, typed: string): Sql {
  const each = searchTerms(typed).words.map(({ text, place }) =>
    place === 'anywhere'
      ? sql`${key} LIKE '%' || ${foldedLiteral(text)} || '%'`
      : sql`' ' || ${key} LIKE '% ' || ${foldedLiteral(text)} || '%'`,
  );
  return each.length > 0 ? sql`(${join(each, ' AND ')})` : sql`true`;
}

/** `where` starts with `AND` and limits rows with `name_key` and `id` to one page; `table` is their alias. */
export function namePage(table: Sql, { q, before, after }: NameList): { where: Sql; order: Sql } {
  const place = sql`(${table}.name_key, ${table}.id)`;
  const beyond = before
    ? sql`AND ${place} < (${before.key}, ${before.id}::uuid)`
    : after
      ? sql`AND ${place} > (${after.key}, ${after.id}::uuid)`
      : empty;
  const direction = before ? sql`DESC` : empty;
  return {
    where: sql`AND ${holdsWords(sql`${table}.name_key`, q)} ${beyond}`,
    order: sql`${table}.name_key ${direction}, ${table}.id ${direction}`,
  };
}

/** `fullName` of `lib/names` in SQL, for a row with `first_name` and `last_name`; `table` is its alias. */
export function fullNameSql(table: Sql): Sql {
  return sql`btrim(${table}.first_name || ' ' || ${table}.last_name)`;
}

/** `displayName` of `lib/names` in SQL, for a row that also has an `email`. */
export function displayNameSql(table: Sql): Sql {
  return sql`coalesce(nullif(${fullNameSql(table)}, ''), ${table}.email)`;
}

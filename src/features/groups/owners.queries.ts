import { fieldLimits } from '@/lib/limits';
import { isText } from '@/lib/text';
import { holdsWords } from '@/server/db/names';
import { sql } from '@/server/db/sql';
import { within } from '@/server/scope';
import type { Can } from '@/server/work';

/** Whose group it is. `id` null and an empty slug are the whole platform. */
export type Owner = { id: string | null; name: string; slug: string };

const platform: Owner = { id: null, name: 'The whole platform', slug: '' };
const ownersShown = 20;

/** Null if there is none with this slug, or the actor may not create groups there. */
export async function findOwner(can: Can<'groups.create'>, slug: string): Promise<Owner | null> {
  if (slug === '') return can.may('groups.create', null) ? platform : null;
  if (!isText(slug)) return null;
  const [found] = await can.read<Owner>(sql`
    SELECT o.id, o.name, o.slug FROM organization o
     WHERE o.slug = ${slug} AND o.status = 'active' AND ${within(can, 'groups.create', sql`o.id`)}`);
  return found ?? null;
}

/** Everybody the actor may create groups for, by name, with `typed` in the name; the platform first. */
export async function findOwners(can: Can<'groups.create'>, typed: string) {
  const q = typed.trim().slice(0, fieldLimits.searchMaxChars);
  const rows = await can.read<Owner>(sql`
    SELECT o.id, o.name, o.slug FROM organization o
     WHERE o.status = 'active' AND ${holdsWords(sql`o.name_key`, q)} AND ${within(can, 'groups.create', sql`o.id`)}
     ORDER BY o.name_key, o.id LIMIT ${ownersShown + 1}::int`);
  const isFirst = q === '' && can.may('groups.create', null);
  return {
    owners: [...(isFirst ? [platform] : []), ...rows.slice(0, ownersShown)],
    hasMore: rows.length > ownersShown,
  };
}

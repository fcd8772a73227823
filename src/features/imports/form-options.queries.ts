import { fieldLimits } from '@/lib/limits';
import { holdsPart } from '@/server/db/names';
import { empty, sql } from '@/server/db/sql';
import type { Can } from '@/server/work';

const organizationsShown = 100;

/** Where somebody may import people, and whether there are more than are listed or were before `find` narrowed them. */
export type ImportableOrganizations = { organizations: { id: string; name: string }[]; isCut: boolean; find: string };

/**
 * For the choice before an upload, and of a default: the first hundred by name that have what was typed in theirs, the
 * one that was chosen always among them.
 */
export async function importableOrganizations(
  can: Can<'users.import'>,
  { chosen = null, typed = '' }: { chosen?: string | null; typed?: string | undefined } = {},
): Promise<ImportableOrganizations> {
  const scope = can.scope('users.import');
  const find = typed.trim().slice(0, fieldLimits.searchMaxChars);
  const inScope = scope.all ? empty : sql`AND o.id = ANY(${scope.organizationIds}::uuid[])`;
  const isChosen = sql`o.id = ${chosen}::uuid`;
  const rows = await can.db.$queryRaw<{ id: string; name: string }[]>`
    SELECT o.id, o.name FROM organization o
     WHERE o.status = 'active' AND (${holdsPart(sql`o.name_key`, find)} OR ${isChosen}) ${inScope}
     ORDER BY ${isChosen} DESC NULLS LAST, o.name_key, o.id LIMIT ${organizationsShown + 1}::int`;
  const organizations = rows.slice(0, organizationsShown).toSorted((a, b) => a.name.localeCompare(b.name, 'en'));
  return { organizations, isCut: rows.length > organizationsShown || find !== '', find };
}

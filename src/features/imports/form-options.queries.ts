import { fieldLimits } from '@/lib/limits';
import { holdsWords } from '@/server/db/names';
import { sql } from '@/server/db/sql';
import { within } from '@/server/scope';
import type { Can } from '@/server/work';

const organizationsShown = 100;

/** Organizations to import into. `isCut` says that there are more, either beyond the limit or before the search. */
export type ImportableOrganizations = { organizations: { id: string; name: string }[]; isCut: boolean; find: string };

/** The first hundred organizations by name that contain what was typed, always including the chosen one. */
export async function importableOrganizations(
  can: Can<'users.import'>,
  { chosen = null, typed = '' }: { chosen?: string | null; typed?: string | undefined } = {},
): Promise<ImportableOrganizations> {
  const find = typed.trim().slice(0, fieldLimits.searchMaxChars);
  const isChosen = sql`o.id = ${chosen}::uuid`;
  const rows = await can.read<{ id: string; name: string }>(sql`
    SELECT o.id, o.name FROM organization o
     WHERE o.status = 'active' AND (${holdsWords(sql`o.name_key`, find)} OR ${isChosen})
       AND ${within(can, 'users.import', sql`o.id`)}
     ORDER BY ${isChosen} DESC NULLS LAST, o.name_key, o.id LIMIT ${organizationsShown + 1}::int`);
  const organizations = rows.slice(0, organizationsShown).toSorted((a, b) => a.name.localeCompare(b.name, 'en'));
  return { organizations, isCut: rows.length > organizationsShown || find !== '', find };
}

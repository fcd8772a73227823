import { newId } from '@/lib/ids';
import { sql } from '@/server/db/sql';
import { unscoped } from '@/server/scope';
import type { Work } from '@/server/work';

const checkedHere = unscoped('only places where the actor may create groups');

export type GroupName = { organizationId: string | null; name: string };

/**
 * Creates the groups that are missing, without roles, and returns all of them with the names that were asked for. Where
 * the actor may not create groups, nothing is created or returned.
 */
export async function createMissingGroups(
  work: Work,
  names: readonly GroupName[],
): Promise<(GroupName & { id: string })[]> {
  const wanted = names.filter(({ organizationId }) => work.may('groups.create', organizationId));
  if (wanted.length === 0) return [];
  const records = JSON.stringify(wanted.map(({ organizationId, name }) => ({ id: newId(), organizationId, name })));
  const made = await work.writeReturning<GroupName & { id: string }>(
    checkedHere,
    sql`
      INSERT INTO "group" (id, organization_id, name)
      SELECT x.id, x."organizationId", x.name
        FROM jsonb_to_recordset(${records}::jsonb) AS x(id uuid, "organizationId" uuid, name text)
      ON CONFLICT DO NOTHING RETURNING id, name, organization_id AS "organizationId"`,
  );
  const there = await work.read<GroupName & { id: string }>(
    checkedHere,
    sql`
      SELECT g.id, x."organizationId", x.name
        FROM jsonb_to_recordset(${records}::jsonb) AS x("organizationId" uuid, name text)
        JOIN "group" g ON g.name_key = fold(x.name) AND g.organization_id IS NOT DISTINCT FROM x."organizationId"`,
  );
  await work.audit(
    ...made.map(({ id, name, organizationId }) => ({
      action: 'group.created' as const,
      subject: { type: 'group', id },
      organizationId,
      after: { name },
    })),
  );
  return there;
}

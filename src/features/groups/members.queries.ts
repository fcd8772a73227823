import { resolveFilter } from '@/features/users/filter.queries';
import { parseUserFilter } from '@/features/users/list.schema';
import type { UserRow } from '@/features/users/list-row-columns.queries';
import { listUserRows } from '@/features/users/list-rows.queries';
import { sql } from '@/server/db/sql';
import { narrowedTo, unscoped } from '@/server/scope';
import type { Can } from '@/server/work';

export type MemberRow = Pick<UserRow, 'id' | 'email' | 'firstName' | 'lastName' | 'status'> & { isMember: boolean };

const peopleShown = 50;

/**
 * With a search, the people who match it and could be in the group; without, the first members by name. Who is only
 * invited to it is no member yet.
 */
export async function findMembers(
  can: Can<'groups.update'>,
  { id, organizationId }: { id: string; organizationId: string | null },
  q: string,
): Promise<{ rows: MemberRow[]; hasMore: boolean }> {
  const everywhere = can.as('users.read');
  if (!everywhere?.may('users.read', organizationId)) return { rows: [], hasMore: false };
  const reader = narrowedTo(everywhere, organizationId);
  const filter = parseUserFilter({ ...(q ? { q } : { group: id }), sort: 'name' }, peopleShown);
  const found = await listUserRows(reader, await resolveFilter(reader, filter), { roles: false, organizations: false });
  const members = await reader.read<{ id: string }>(
    unscoped('the group and the people were found in scope before'),
    sql`
      SELECT gm.user_id AS id FROM group_member gm
       WHERE gm.group_id = ${id}::uuid AND gm.user_id = ANY(${found.rows.map((row) => row.id)}::uuid[])`,
  );
  const isMember = new Set(members.map((member) => member.id));
  const rows = found.rows.map((row) => ({ ...row, isMember: isMember.has(row.id) }));
  return { rows: rows.filter((row) => !row.isInvitation && (q || row.isMember)), hasMore: found.older !== null };
}

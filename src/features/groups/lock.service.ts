import { isId } from '@/lib/ids';
import type { Permission } from '@/lib/permissions';
import { sql } from '@/server/db/sql';
import { Fail } from '@/server/fail';
import { within } from '@/server/scope';
import type { Work } from '@/server/work';

/** `roles` are keys. */
export type LockedGroup = {
  id: string;
  name: string;
  description: string;
  organizationId: string | null;
  roles: string[];
};

/** Fails with `not_found` outside the actor's scope, as for an id that no group has. */
export async function lockGroup<P extends Permission>(work: Work<P>, permission: P, id: string): Promise<LockedGroup> {
  if (!isId(id)) throw new Fail('not_found');
  const mine = sql`g.id = ${id}::uuid AND ${within(work, permission, sql`g.organization_id`)}`;
  await work.read(sql`SELECT g.id FROM "group" g WHERE ${mine} FOR UPDATE`);
  // Read after the lock, so that the roles are those another change has just saved.
  const [group] = await work.read<LockedGroup>(sql`
    SELECT g.id, g.name, g.description, g.organization_id AS "organizationId",
           ARRAY(SELECT r.key FROM group_role gr JOIN role r ON r.id = gr.role_id WHERE gr.group_id = g.id) AS roles
      FROM "group" g WHERE ${mine}`);
  if (!group) throw new Fail('not_found');
  return group;
}

import { isId } from '@/lib/ids';
import type { Permission } from '@/lib/permissions';
import { sql } from '@/server/db/sql';
import { Fail } from '@/server/fail';
import { within } from '@/server/scope';
import type { Work } from '@/server/work';

export type LockedOrganization = { id: string; name: string; slug: string; status: 'active' | 'inactive' };

/** Fails with `not_found` outside the actor's scope, as for an id that no organization has. */
export async function lockOrganization<P extends Permission>(
  work: Work<P>,
  permission: P,
  id: string,
): Promise<LockedOrganization> {
  if (!isId(id)) throw new Fail('not_found');
  const [organization] = await work.read<LockedOrganization>(sql`
    SELECT o.id, o.name, o.slug, o.status FROM organization o
     WHERE o.id = ${id}::uuid AND o.status <> 'archived' AND ${within(work, permission, sql`o.id`)} FOR UPDATE`);
  if (!organization) throw new Fail('not_found');
  return organization;
}

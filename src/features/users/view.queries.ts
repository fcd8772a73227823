import type { Permission } from '@/lib/permissions';
import { type ScopedSql, type Sql, sql } from '@/server/db/sql';
import { platformOr, within } from '@/server/scope';
import type { Can } from '@/server/work';

/** SQL: whether the person `id` is a member where the permission is granted. On the whole platform it is everybody. */
export function isInView<P extends Permission>(can: Can<NoInfer<P>>, permission: P, id: Sql): ScopedSql {
  const inside = within(can, permission, sql`m.organization_id`);
  return platformOr(can, permission, sql`EXISTS (SELECT 1 FROM membership m WHERE m.user_id = ${id} AND ${inside})`);
}

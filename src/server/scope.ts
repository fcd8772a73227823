import type { Permission } from '@/lib/permissions';
import { type ScopedSql, type Sql, sql } from './db/sql';
import type { Unscoped } from './db/statements';
import { type Can, type Scope, scopeOf } from './handle';
import { isLeftOut, scopeSwitch } from './scope-switch';

const scoped = (condition: Sql) => condition as ScopedSql;

/** A condition that no row meets. */
export const nowhere: ScopedSql = scoped(sql`false`);

/**
 * The condition that `column`, the id of an organization, lies where the permission is granted. A single organization
 * is an equality, so that the index of a list keeps its order.
 */
export function within<P extends Permission>(can: Can<NoInfer<P>>, permission: P, column: Sql): ScopedSql {
  const file = scopeSwitch();
  // The third line of the stack names the caller.
  if (file && isLeftOut(file, `${permission} ${column.sql} ${new Error().stack?.split('\n')[2]}`)) {
    return scoped(sql`true`);
  }
  const scope = can[scopeOf](permission);
  if (scope.all) return scoped(sql`true`);
  const ids = scope.organizationIds;
  const [first, ...others] = ids;
  if (first === undefined) return nowhere;
  return scoped(others.length === 0 ? sql`${column} = ${first}::uuid` : sql`${column} = ANY(${ids}::uuid[])`);
}

/** `true` where the permission is granted on the whole platform, otherwise `condition`. */
export function platformOr<P extends Permission>(can: Can<NoInfer<P>>, permission: P, condition: ScopedSql): ScopedSql {
  return can[scopeOf](permission).all ? scoped(sql`true`) : condition;
}

/** The organizations of a scope that is not the whole platform as a table `place (id)`, to read each along its own index. */
export function eachPlace<P extends Permission>(can: Can<NoInfer<P>>, permission: P): ScopedSql {
  const scope = can[scopeOf](permission);
  const ids = scope.all ? [] : scope.organizationIds;
  return scoped(sql`unnest(${ids}::uuid[]) AS place(id)`);
}

/** The same handle for one organization after the other; unchanged where the permission is granted on the platform. */
export function perOrganization<P extends Permission>(can: Can<P>, permission: NoInfer<P>): Can<P>[] {
  const scope = can[scopeOf](permission);
  return scope.all ? [can] : scope.organizationIds.map((id) => narrowedTo(can, id));
}

/** The same handle, reaching into this organization at most; unchanged for null. */
export function narrowedTo<P extends Permission>(can: Can<P>, organizationId: string | null): Can<P> {
  if (organizationId === null) return can;
  return reaching(can, (permission) =>
    both(can[scopeOf](permission), { all: false, organizationIds: [organizationId] }),
  );
}

/** How far a permission reaches, to choose between statements. */
export type Reach = 'platform' | 'one' | 'several' | 'nowhere';

export function reachOf<P extends Permission>(can: Can<NoInfer<P>>, permission: P): Reach {
  const scope = can[scopeOf](permission);
  if (scope.all) return 'platform';
  if (scope.organizationIds.length === 0) return 'nowhere';
  return scope.organizationIds.length === 1 ? 'one' : 'several';
}

/** The one organization where the permission is granted; null for the whole platform, several or none. */
export function onlyPlace<P extends Permission>(can: Can<NoInfer<P>>, permission: P): string | null {
  const scope = can[scopeOf](permission);
  const [only, ...others] = scope.all ? [] : scope.organizationIds;
  return others.length === 0 ? (only ?? null) : null;
}

/** The same handle, reaching only where `also` is granted as well: seeing people does not include exporting them. */
export function narrowed<P extends Permission>(can: Can<P>, also: Permission): Can<P> {
  return reaching(can, (permission) => both(can[scopeOf](permission), can[scopeOf](also)));
}

function reaching<P extends Permission>(can: Can<P>, scope: (permission: string) => Scope): Can<P> {
  const may: Can['may'] = (permission, organizationId) => {
    const there = scope(permission);
    if (there.all) return true;
    if (organizationId === undefined) return there.organizationIds.length > 0;
    return organizationId !== null && there.organizationIds.includes(organizationId);
  };
  const handle: Can<P> = {
    ...can,
    [scopeOf]: scope,
    may,
    as: <Q extends Permission>(permission: Q) => (may(permission) ? (handle as unknown as Can<Q>) : null),
  };
  return handle;
}

function both(a: Scope, b: Scope): Scope {
  if (a.all) return b;
  if (b.all) return a;
  return { all: false, organizationIds: a.organizationIds.filter((id) => b.organizationIds.includes(id)) };
}

/** For a statement that reaches everywhere on purpose. The reason says what keeps other people's rows out of it. */
export function unscoped(reason: string): Unscoped {
  return { reason } as Unscoped;
}

import type { Permission } from '@/lib/permissions';
import type { Can, Scope } from '@/server/work';
import type { ExportField } from './download.schema';

/** Limits the handle to where both permissions apply: seeing people somewhere does not include exporting them. */
export function narrowed<P extends Permission>(can: Can<P>, also: Permission): Can<P> {
  const reach = can.scope(also as P);
  return { ...can, scope: (permission) => both(can.scope(permission), reach) };
}

function both(a: Scope, b: Scope): Scope {
  if (a.all) return b;
  if (b.all) return a;
  return { all: false, organizationIds: a.organizationIds.filter((id) => b.organizationIds.includes(id)) };
}

export function fieldsFor(can: Pick<Can, 'may'>, fields: readonly ExportField[]): ExportField[] {
  return fields.filter(({ needs }) => !needs || can.may(needs));
}

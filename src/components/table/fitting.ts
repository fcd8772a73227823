import type { RowAction } from './table-data';

/** The keys of the actions that fit a row, in the order of the actions. */
export function fitting<Key extends string>(actions: Record<Key, RowAction>, fits: Record<Key, boolean>): Key[] {
  return (Object.keys(actions) as Key[]).filter((key) => fits[key]);
}

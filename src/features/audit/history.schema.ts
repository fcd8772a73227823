import { z } from 'zod';
import { historyKinds } from '@/lib/audit-words';
import { isId } from '@/lib/ids';
import { firstOf, type SearchParams } from '@/lib/search-params';

const event = z.string().refine(isId).optional().catch(undefined);

const schema = z.object({ kind: z.enum(historyKinds).optional().catch(undefined), before: event, after: event });

export type HistoryFilter = z.output<typeof schema>;

/** What the address of somebody's history says; what it does not understand is left out. */
export function readHistoryFilter(params: SearchParams): HistoryFilter {
  return schema.parse(Object.fromEntries(['kind', 'before', 'after'].map((name) => [name, firstOf(params, name)])));
}

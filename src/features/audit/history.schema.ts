import { z } from 'zod';
import { historyKinds } from '@/lib/audit-actions';
import { idParam, param } from '@/lib/list-params';
import type { SearchParams } from '@/lib/search-params';

const schema = z.object({ kind: param(z.enum(historyKinds)), before: idParam, after: idParam });

export type HistoryFilter = z.output<typeof schema>;

export function readHistoryFilter(params: SearchParams): HistoryFilter {
  return schema.parse(params);
}

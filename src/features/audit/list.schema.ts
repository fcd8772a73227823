import { z } from 'zod';
import { currentAction } from '@/lib/audit-actions';
import { dayParam, idParam, searchParam, wordParam } from '@/lib/list-params';
import type { SearchParams } from '@/lib/search-params';

export const auditFilterSchema = z.object({
  /** Words of a name or an address of either side; `actor` and `subject` of one, or its id. */
  q: searchParam,
  actor: wordParam,
  subject: wordParam,
  action: wordParam.transform((action) => action && currentAction(action)),
  organization: wordParam,
  from: dayParam,
  to: dayParam,
  before: idParam,
  after: idParam,
});

export type AuditFilter = z.output<typeof auditFilterSchema>;

export function readAuditFilter(params: SearchParams): AuditFilter {
  return auditFilterSchema.parse({ ...params, from: params.timeFrom, to: params.timeTo });
}

import { z } from 'zod';
import { currentAction } from '@/lib/audit-words';
import { isId } from '@/lib/ids';
import { firstOf, type SearchParams } from '@/lib/search-params';

const word = z.string().trim().min(1).max(100).optional().catch(undefined);
const day = z.iso.date().optional().catch(undefined);
const event = z.string().refine(isId).optional().catch(undefined);

/** The address of the audit log. What it does not understand is left out, so an old link still opens. */
export const auditFilterSchema = z.object({
  actor: word,
  subject: word,
  action: word.transform((action) => action && currentAction(action)),
  organization: word,
  from: day,
  to: day,
  before: event,
  after: event,
});

export type AuditFilter = z.output<typeof auditFilterSchema>;

/** The filter in an address of the log's page, where the days are called as the filter bar calls them. */
export function readAuditFilter(params: SearchParams): AuditFilter {
  const given = Object.fromEntries(Object.keys(params).map((name) => [name, firstOf(params, name)]));
  return auditFilterSchema.parse({ ...given, from: given.timeFrom, to: given.timeTo });
}

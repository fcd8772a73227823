import { z } from 'zod';
import { fieldLimits } from '@/lib/limits';
import { idParam, param, timeCursorParam } from '@/lib/list-params';
import { cleanName } from '@/lib/text';

export const invitationStatuses = [
  'queued',
  'sent',
  'opened',
  'failed',
  'bounced',
  'held',
  'accepted',
  'expired',
  'cancelled',
] as const;

export type InvitationStatus = (typeof invitationStatuses)[number];

/** The parameter that searches the organizations of the filter. */
export const findOrganization = 'findOrganization';

export const invitationFilterSchema = z.object({
  q: param(z.string().transform(cleanName).pipe(z.string().max(fieldLimits.searchMaxChars))),
  show: param(z.enum(['open', 'accepted', 'expired', 'cancelled', 'all'])).transform((show) => show ?? 'open'),
  status: param(z.enum(invitationStatuses)),
  /** `long`: open for three days or more. `lately`: expired in the last thirty days without a later invitation. */
  age: param(z.enum(['long', 'lately'])),
  organization: idParam,
  sender: idParam,
  after: timeCursorParam,
  before: timeCursorParam,
  size: param(z.enum(['25', '50', '100'])).transform((size) => Number(size ?? '50')),
});

export type InvitationFilter = z.output<typeof invitationFilterSchema>;

export const invitationMatchSchema = invitationFilterSchema.omit({ after: true, before: true, size: true });

export type InvitationMatch = z.output<typeof invitationMatchSchema>;

import { z } from 'zod';
import { isId } from '@/lib/ids';
import { fieldLimits } from '@/lib/limits';
import { cleanName } from '@/lib/text';

/** What the list can be narrowed to. An open invitation is shown by how its delivery goes. */
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

const first = (value: unknown) => (Array.isArray(value) ? value[0] : value);

const optionalId = z.preprocess(first, z.string().refine(isId).optional().catch(undefined));

const cursor = z.preprocess(
  first,
  z
    .string()
    .max(100)
    .transform((text, context) => {
      const [at = '', id = ''] = text.split('~');
      const time = new Date(at);
      // Years beyond these are written in a way that Postgres does not read.
      const isKnown = time.getUTCFullYear() >= 1970 && time.getUTCFullYear() <= 9999;
      if (isId(id) && isKnown) return { at: time, id };
      context.addIssue({ code: 'custom', message: 'cursor' });
      return z.NEVER;
    })
    .optional()
    .catch(undefined),
);

/** The address of the list; what it does not know is left out rather than refused. */
export const invitationFilterSchema = z.object({
  q: z.preprocess(
    first,
    z.string().transform(cleanName).pipe(z.string().max(fieldLimits.searchMaxChars)).optional().catch(undefined),
  ),
  show: z.preprocess(first, z.enum(['open', 'accepted', 'expired', 'cancelled', 'all']).catch('open')),
  status: z.preprocess(first, z.enum(invitationStatuses).optional().catch(undefined)),
  /** `long`: open for three days and more. `lately`: ran out in the last thirty days, and nothing came after it. */
  age: z.preprocess(first, z.enum(['long', 'lately']).optional().catch(undefined)),
  organization: optionalId,
  sender: optionalId,
  after: cursor,
  before: cursor,
  size: z.preprocess(
    first,
    z
      .enum(['25', '50', '100'])
      .catch('50')
      .transform((size) => Number(size)),
  ),
});

export type InvitationFilter = z.output<typeof invitationFilterSchema>;

/** The same without the place in it: what "all that match" means. */
export const invitationMatchSchema = invitationFilterSchema.omit({ after: true, before: true, size: true });

export type InvitationMatch = z.output<typeof invitationMatchSchema>;

import { z } from 'zod';
import { fieldLimits } from '@/lib/limits';

/** The address of the list; anything it does not know is left out rather than refused. */
export const organizationFilterSchema = z.object({
  q: z.string().trim().max(fieldLimits.searchMaxChars).optional().catch(undefined),
  after: z
    .string()
    .max(500)
    .transform((cursor) => {
      const at = cursor.lastIndexOf('~');
      return at < 0 ? undefined : ([cursor.slice(0, at), cursor.slice(at + 1)] as const);
    })
    .optional()
    .catch(undefined),
  size: z.literal(50).default(50).catch(50),
});

export type OrganizationFilter = z.output<typeof organizationFilterSchema>;

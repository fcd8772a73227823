import { z } from 'zod';
import { isId } from '@/lib/ids';
import { returnPath } from '@/lib/redirects';
import { cleanName } from '@/lib/text';
import { maxReasonChars } from './deactivation.schema';

const noPerson = 'Open this form again from the person’s page.';

/** The same form archives and restores. */
export const archiveSchema = z.object({
  id: z.string(noPerson).refine(isId, noPerson),
  reason: z
    .string('Write the reason as text.')
    .max(maxReasonChars, `Use at most ${maxReasonChars} characters.`)
    .transform(cleanName)
    .default(''),
  returnTo: z.string('Go back and open this page again.').optional().transform(returnPath),
});

export type ArchiveInput = Pick<z.output<typeof archiveSchema>, 'id' | 'reason'>;

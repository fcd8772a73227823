import { z } from 'zod';
import { isId } from '@/lib/ids';
import { reasonField } from '@/lib/reason';
import { returnPath } from '@/lib/redirects';

const noPerson = 'Open this form again from the person’s page.';

/** The same form archives and restores. */
export const archiveSchema = z.object({
  id: z.string(noPerson).refine(isId, noPerson),
  reason: reasonField,
  returnTo: z.string('Go back and open this page again.').optional().transform(returnPath),
});

export type ArchiveInput = Pick<z.output<typeof archiveSchema>, 'id' | 'reason'>;

import { z } from 'zod';
import { isId } from '@/lib/ids';
import { returnPath } from '@/lib/redirects';

const noPerson = 'Open this again from the person’s page.';

export const signInHelpSchema = z.object({
  id: z.string(noPerson).refine(isId, noPerson),
  returnTo: z.string('Go back and open this page again.').optional().transform(returnPath),
});

import { z } from 'zod';
import { isId } from '@/lib/ids';

const gone = 'This names no session.';

export const endSessionSchema = z.object({ id: z.string(gone).refine(isId, gone) });

const signIn = z.string().refine(isId).optional().catch(undefined);

/** Where a page of sign-ins stands; anything else than an id is left out rather than refused. */
export const signInPageSchema = z.object({ before: signIn, after: signIn });

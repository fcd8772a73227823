import { z } from 'zod';
import { isId } from '@/lib/ids';
import { idParam } from '@/lib/list-params';

const gone = 'This names no session.';

export const endSessionSchema = z.object({ id: z.string(gone).refine(isId, gone) });

/** Where a page of sign-ins stands. */
export const signInPageSchema = z.object({ before: idParam, after: idParam });

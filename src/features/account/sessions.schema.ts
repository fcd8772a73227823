import { z } from 'zod';
import { isId } from '@/lib/ids';
import { idParam } from '@/lib/list-params';

const notFound = 'This session was not found. Load the page again.';

export const endSessionSchema = z.object({ id: z.string(notFound).refine(isId, notFound) });

export const signInPageSchema = z.object({ before: idParam, after: idParam });

import { z } from 'zod';
import { isId } from '@/lib/ids';

const ids = z.preprocess(
  (value) => (value === undefined ? [] : Array.isArray(value) ? value : [value]),
  z
    .array(z.string().refine(isId, 'Choose groups of this list.'), 'Choose groups of this list.')
    .max(200, 'Choose fewer groups.')
    .transform((all) => [...new Set(all)]),
);

/** `was` are the groups the form showed as held: what is ticked now and was not, or the reverse, is what is wanted. */
export const changeGroupsSchema = z.object({
  id: z.string('This form names nobody.').refine(isId, 'This form names nobody.'),
  groups: ids,
  was: ids,
});
export type ChangeGroupsInput = z.output<typeof changeGroupsSchema>;

import { z } from 'zod';
import { isId } from '@/lib/ids';

const ids = z.preprocess(
  (value) => (value === undefined ? [] : Array.isArray(value) ? value : [value]),
  z
    .array(z.string().refine(isId, 'Choose groups from the list.'), 'Choose groups from the list.')
    .max(200, 'Choose fewer groups.')
    .transform((all) => [...new Set(all)]),
);

/** `was` are the groups the form showed as selected: only the differences between it and `groups` are applied. */
export const changeGroupsSchema = z.object({
  id: z.string('Open this form again.').refine(isId, 'Open this form again.'),
  groups: ids,
  was: ids,
});
export type ChangeGroupsInput = z.output<typeof changeGroupsSchema>;

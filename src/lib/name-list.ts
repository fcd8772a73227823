import { z } from 'zod';
import { isId } from './ids';
import { fieldLimits } from './limits';
import { firstOf, type SearchParams } from './search-params';

const cursor = z
  .string()
  .max(500)
  .transform((text) => {
    const at = text.lastIndexOf('~');
    return { key: text.slice(0, Math.max(at, 0)), id: text.slice(at + 1) };
  })
  .refine(({ id }) => isId(id))
  .optional()
  .catch(undefined);

const schema = z.object({
  q: z.string().trim().max(fieldLimits.searchMaxChars).default('').catch(''),
  before: cursor,
  after: cursor,
});

/** The address of a list by name: what is searched for, and where its page stands. */
export type NameList = z.output<typeof schema>;

export const namesPerPage = 50;

/** What it does not know is left out rather than refused, so an old link still opens. */
export function readNameList(params: SearchParams): NameList {
  return schema.parse({ q: firstOf(params, 'q'), before: firstOf(params, 'before'), after: firstOf(params, 'after') });
}

export function nameCursor(row: { nameKey: string; id: string } | null): string | null {
  return row && `${row.nameKey}~${row.id}`;
}

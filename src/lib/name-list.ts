import { z } from 'zod';
import { nameCursorParam, searchParam } from './list-params';
import type { SearchParams } from './search-params';

const schema = z.object({ q: searchParam, before: nameCursorParam, after: nameCursorParam });

/** The parameters of a list by name: search term and cursor. */
export type NameList = z.output<typeof schema>;

export const namesPerPage = 50;

export function readNameList(params: SearchParams): NameList {
  return schema.parse(params);
}

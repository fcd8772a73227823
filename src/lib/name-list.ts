import { z } from 'zod';
import { nameCursorParam, searchParam } from './list-params';
import type { SearchParams } from './search-params';

const schema = z.object({ q: searchParam, before: nameCursorParam, after: nameCursorParam });

export type NameList = z.output<typeof schema>;

export const namesPerPage = 50;

export function readNameList(params: SearchParams): NameList {
  return schema.parse(params);
}

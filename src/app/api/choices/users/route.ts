import { parseUserFilter } from '@/features/users/list.schema';
import { choicesOf } from '@/features/users/list-choices.policy';
import { listFilterOptions } from '@/features/users/list-options.queries';
import { searchParamsOf } from '@/lib/search-params';
import { readRoute } from '@/server/route';

/** The choices of the filter named by `choose`, for the list at the rest of the query. */
export const GET = readRoute({
  name: 'users.choices',
  permission: 'users.read',
  run: async (can, _params, request) => {
    const filter = parseUserFilter(searchParamsOf(request), 25);
    if (!filter.choosing) return Response.json([]);
    const { options } = await listFilterOptions(can, filter);
    return Response.json(choicesOf(filter.choosing, options));
  },
});

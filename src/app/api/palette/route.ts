import { findForPalette } from '@/features/palette/search.queries';
import { readRoute } from '@/server/route';

export const GET = readRoute({
  name: 'palette.find',
  permission: 'account.own',
  run: async (can, _params, request) => {
    const typed = new URL(request.url).searchParams.get('q') ?? '';
    return Response.json(await findForPalette(can, typed.replaceAll('\0', '')));
  },
});

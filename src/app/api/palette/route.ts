import { paletteFor } from '@/app/(console)/navigation';
import { findForPalette } from '@/features/palette/search.queries';
import { readRoute } from '@/server/route';

export const GET = readRoute({
  name: 'palette.find',
  permission: 'account.own',
  run: async (can, _params, request) => {
    const typed = new URL(request.url).searchParams.get('q');
    if (typed === null) return Response.json(paletteFor(can));
    return Response.json(await findForPalette(can, typed.replaceAll('\0', '')));
  },
});

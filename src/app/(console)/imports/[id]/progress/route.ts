import { importProgress } from '@/features/imports/details.queries';
import { readRoute } from '@/server/route';

/** Figures for the progress bar. An open page polls this every second. */
export const GET = readRoute({
  name: 'import.progress',
  permission: 'users.import',
  run: async (can, { id = '' }) => Response.json(await importProgress(can, id)),
});

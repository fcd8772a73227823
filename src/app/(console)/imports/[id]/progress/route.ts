import { importProgress } from '@/features/imports/details.queries';
import { readRoute } from '@/server/route';

export const GET = readRoute({
  name: 'import.progress',
  permission: 'users.import',
  run: async (can, { id = '' }) => Response.json(await importProgress(can, id)),
});

import { bulkProgress } from '@/features/invitations/bulk/plan.queries';
import { readRoute } from '@/server/route';

export const GET = readRoute({
  name: 'invitations.progress',
  permission: 'users.invite',
  run: async (can, { id = '' }) => Response.json(await bulkProgress(can, id)),
});

import { notDoneFile } from '@/features/invitations/bulk/bulk-not-done.queries';
import { recordDownload } from '@/server/lines-download';
import { route } from '@/server/route';

export const POST = route({
  name: 'invitations.not-done',
  permission: 'users.invite',
  receive: (can, _request, { id = '' }) => notDoneFile(can, id),
  run: recordDownload,
});

import { failedRowsFile } from '@/features/imports/failed-rows.queries';
import { recordDownload } from '@/server/lines-download';
import { route } from '@/server/route';

export const POST = route({
  name: 'import.failed-rows',
  permission: 'users.import',
  receive: (can, _request, { id = '' }) => failedRowsFile(can, id),
  run: recordDownload,
});

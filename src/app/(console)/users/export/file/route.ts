import { backToForm } from '@/features/exports/download.schema';
import { recordExport, startExport } from '@/features/exports/download.service';
import { peopleListing } from '@/features/exports/users.queries';
import { route } from '@/server/route';

export const POST = route({
  name: 'users.export',
  permission: 'users.export',
  receive: (can, request) => startExport(can, peopleListing, request),
  run: (work, started) => recordExport(work, peopleListing, started),
  refused: (error, _params, request) => backToForm('users', error, request),
});

import { peopleListing } from '@/features/exports/people/queries';
import { backToForm } from '@/features/exports/schema';
import { recordExport, startExport } from '@/features/exports/service';
import { route } from '@/server/route';

export const POST = route({
  name: 'users.export',
  permission: 'users.export',
  receive: (can, request) => startExport(can, peopleListing, request),
  run: (work, started) => recordExport(work, peopleListing, started),
  refused: (error, _params, request) => backToForm('users', error, request),
});

import { eventListing } from '@/features/exports/events/queries';
import { backToForm } from '@/features/exports/schema';
import { recordExport, startExport } from '@/features/exports/service';
import { route } from '@/server/route';

export const POST = route({
  name: 'audit.export',
  permission: 'audit.read',
  receive: (can, request) => startExport(can, eventListing, request),
  run: (work, started) => recordExport(work, eventListing, started),
  refused: (error, _params, request) => backToForm('audit', error, request),
});

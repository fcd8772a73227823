import { eventListing } from '@/features/exports/audit-log.queries';
import { backToForm } from '@/features/exports/download.schema';
import { recordExport, startExport } from '@/features/exports/download.service';
import { route } from '@/server/route';

export const POST = route({
  name: 'audit.export',
  permission: 'audit.read',
  receive: (can, request) => startExport(can, eventListing, request),
  run: (work, started) => recordExport(work, eventListing, started),
  refused: (error, _params, request) => backToForm('audit', error, request),
});

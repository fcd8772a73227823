import { backToForm } from '@/features/exports/download.schema';
import { recordExport, startExport } from '@/features/exports/download.service';
import { invitationListing } from '@/features/exports/invitations.queries';
import { route } from '@/server/route';

export const POST = route({
  name: 'invitations.export',
  permission: 'users.export',
  receive: (can, request) => startExport(can, invitationListing, request),
  run: (work, started) => recordExport(work, invitationListing, started),
  refused: (error, _params, request) => backToForm('invitations', error, request),
});

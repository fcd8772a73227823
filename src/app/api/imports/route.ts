import { recordUpload } from '@/features/imports/staging.service';
import { receiveUpload } from '@/features/imports/upload.service';
import { route } from '@/server/route';

const seeOther = (location: string) => new Response(null, { status: 303, headers: { location } });

/** The upload form posts here and not below /imports, because Next buffers bodies that pass its proxy in memory. */
export const POST = route({
  name: 'import.upload',
  permission: 'users.import',
  receive: receiveUpload,
  run: async (work, staged) => seeOther(await recordUpload(work, staged)),
  refused: (error) =>
    seeOther(`/imports/new?problem=${error.code === 'upload.refused' ? (error.field ?? '') : error.code}`),
});

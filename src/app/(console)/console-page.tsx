import { PageDialog } from '@/components/layout/page-dialog';
import { NothingHere, NotOpen } from '@/components/layout/refusal';
import { makePage } from '@/server/page';

/** Every page of the console: a refusal stands in its frame, and can be read without scripts. */
export const consolePage = makePage({ 403: NotOpen, 404: NothingHere });

/** The same for a page that opens over another one. */
export const dialogPage = makePage({
  403: () => (
    <PageDialog title="Not open to you">
      <NotOpen />
    </PageDialog>
  ),
  404: () => (
    <PageDialog title="Nothing here">
      <NothingHere />
    </PageDialog>
  ),
});

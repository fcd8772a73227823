import { PageDialog } from '@/components/layout/page-dialog';
import { NothingHere, NotOpen } from '@/components/layout/refusal';
import { makePage } from '@/server/page';

/** Wraps every console page, so that a refusal appears inside the console and works without scripts. */
export const consolePage = makePage({ 403: NotOpen, 404: NothingHere });

/** The same for a page shown as a dialog. Its route authorizes itself: the page under it does not protect it. */
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

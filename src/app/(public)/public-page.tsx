import { NothingHere, NotOpen } from '@/components/layout/refusal';
import { makePage } from '@/server/page';

export const publicPage = makePage({
  403: () => (
    <main id="main" className="px-4 py-6">
      <NotOpen />
    </main>
  ),
  404: () => (
    <main id="main" className="px-4 py-6">
      <NothingHere />
    </main>
  ),
});

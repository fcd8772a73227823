import type { Metadata } from 'next';
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

/** Of a page that a personal link opens. */
export function linkPage(title: string): Metadata {
  // Not 'no-referrer': a form sent without scripts would then carry `Origin: null`, and be refused.
  return { title, referrer: 'same-origin', robots: { index: false } };
}

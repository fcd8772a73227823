import type { ReactNode } from 'react';
import { prerender } from 'react-dom/static';

/** The text of a page, without markup. Waits for async server components. */
export async function wordsOf(node: ReactNode): Promise<string> {
  const { prelude } = await prerender(node);
  const markup = await new Response(prelude).text();
  return markup
    .replace(/<!--.*?-->/g, '')
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}

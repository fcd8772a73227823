import type { ReactNode } from 'react';
import { prerender } from 'react-dom/static';

/** What stands on a page as somebody reads it: its words, without its elements. Server components may wait. */
export async function wordsOf(node: ReactNode): Promise<string> {
  const { prelude } = await prerender(node);
  const markup = await new Response(prelude).text();
  return markup
    .replace(/<!--.*?-->/g, '')
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}

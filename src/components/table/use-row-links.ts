'use client';

import { useRouter } from 'next/navigation';
import { type RefObject, useEffect } from 'react';
import { leave } from '../form/leaving';

/**
 * The links of a table are plain, because fifty rows of router links would cost more than the rows. One listener opens
 * them without a reload and makes the whole row lead to its record.
 */
export function useRowLinks(box: RefObject<HTMLElement | null>, opensDocuments: boolean) {
  const router = useRouter();
  useEffect(() => {
    const open = (path: string, scroll = true) =>
      opensDocuments ? location.assign(path) : router.push(path, { scroll });
    const listening = new AbortController();
    const { signal } = listening;
    const onClick = (event: MouseEvent) => {
      if (event.defaultPrevented || !(event.target instanceof Element)) return;
      const link = event.target.closest('a');
      if (link) return follow(event, link);
      const href = rowUnder(event.target);
      if (!href || isSelecting()) return;
      if (event.metaKey || event.ctrlKey) window.open(href, '_blank', 'noopener');
      else void leave(() => open(href));
    };
    const follow = (event: MouseEvent, link: HTMLAnchorElement) => {
      const opensElsewhere = event.metaKey || event.ctrlKey || event.shiftKey || event.altKey || link.target !== '';
      if (event.button !== 0 || opensElsewhere || link.origin !== location.origin || link.hash) return;
      event.preventDefault();
      open(link.pathname + link.search, link.dataset.keepScroll === undefined);
    };
    const onAuxClick = (event: MouseEvent) => {
      if (event.button !== 1 || !(event.target instanceof Element) || event.target.closest('a')) return;
      const href = rowUnder(event.target);
      if (href) window.open(href, '_blank', 'noopener');
    };
    box.current?.addEventListener('click', onClick, { signal });
    box.current?.addEventListener('auxclick', onAuxClick, { signal });
    return () => listening.abort();
  }, [box, router, opensDocuments]);
}

/** The record of the row, unless the click was meant for something in it. */
function rowUnder(target: Element): string | undefined {
  if (target.closest('label, input, button, summary, details, form, [role="menu"]')) return undefined;
  return target.closest('tbody tr')?.querySelector('th a')?.getAttribute('href') ?? undefined;
}

/** Text marked in a row is to be copied, so that click opens nothing. */
function isSelecting(): boolean {
  return window.getSelection()?.isCollapsed === false;
}

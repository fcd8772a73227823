'use client';

import { useLayoutEffect, useRef } from 'react';

/** Moves a row of tabs that is wider than the window sideways, so that the current one is seen. The page stays put. */
export function ScrollToCurrent({ current }: { current: string }) {
  const mark = useRef<HTMLSpanElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another tab is current then
  useLayoutEffect(() => {
    const tab = mark.current?.parentElement?.querySelector<HTMLElement>('[aria-current="page"]');
    const row = tab?.closest('ul');
    if (!tab || !row) return;
    row.scrollLeft = tab.offsetLeft - row.offsetLeft - (row.clientWidth - tab.offsetWidth) / 2;
  }, [current]);
  return <span ref={mark} hidden />;
}

'use client';

/** Moves a row of tabs that is wider than the window sideways, so that the current one is seen. The page stays put. */
export function ScrollToCurrent({ current }: { current: string }) {
  return <span key={current} ref={showCurrentTab} hidden />;
}

function showCurrentTab(mark: HTMLElement | null) {
  const tab = mark?.parentElement?.querySelector<HTMLElement>('[aria-current="page"]');
  const row = tab?.closest('ul');
  if (tab && row) row.scrollLeft = tab.offsetLeft - row.offsetLeft - (row.clientWidth - tab.offsetWidth) / 2;
}

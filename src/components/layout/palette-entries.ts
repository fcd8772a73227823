export type PaletteEntry = {
  group: string;
  label: string;
  detail?: string;
  href: string;
};

/** An action of the page: choosing it clicks what stands there. */
export type PageAction = PaletteEntry & { element: HTMLElement };

/**
 * The links and buttons that the page offers in its header and in its cards, as they are at this moment. They need not be
 * sent for the palette, and what is disabled or hidden is not offered.
 */
export function actionsOfPage(page: ParentNode): PageAction[] {
  const offered = page.querySelectorAll<HTMLElement>('main [data-actions] :is(a[href], button:not(:disabled))');
  return [...offered].flatMap((element, at) => {
    const label = (element.getAttribute('aria-label') ?? element.textContent ?? '').trim();
    return label === '' ? [] : [{ group: 'On this page', label, href: `#action-${at}`, element }];
  });
}

/** Home links to pages that the palette lists anyway. */
export function isOffered({ label, href }: PaletteEntry, ofPage: PageAction[]): boolean {
  return ofPage.some((action) => action.label === label && action.element.getAttribute('href') === href);
}

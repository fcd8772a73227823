export type PaletteEntry = {
  group: string;
  label: string;
  detail?: string;
  href: string;
};

/** An action of the page: choosing it clicks what stands there. */
export type PageAction = PaletteEntry & { element: HTMLElement };

/**
 * The links and buttons in the page's header and cards, as they are at this moment. Reading them here means that they
 * are not sent a second time for the palette.
 */
export function actionsOfPage(page: ParentNode): PageAction[] {
  const offered = page.querySelectorAll<HTMLElement>('main [data-actions] :is(a[href], button:not(:disabled))');
  return [...offered].flatMap((element, at) => {
    const label = (element.getAttribute('aria-label') ?? element.textContent ?? '').trim();
    return label === '' ? [] : [{ group: 'On this page', label, href: `#action-${at}`, element }];
  });
}

/** Whether the palette would list a page twice, because this page links to it under the same name. */
export function isOffered({ label, href }: PaletteEntry, ofPage: PageAction[]): boolean {
  return ofPage.some((action) => action.label === label && action.element.getAttribute('href') === href);
}

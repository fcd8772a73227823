export type PaletteEntry = {
  group: string;
  label: string;
  detail?: string;
  /** Other words that people look for it under. */
  also?: string;
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
    return label === ''
      ? []
      : [{ group: 'On this page', label, also: alsoCalled(label), href: `#action-${at}`, element }];
  });
}

const otherWords: [RegExp, string][] = [
  [/^deactivate/i, 'suspend disable block'],
  [/^reactivate/i, 'unsuspend enable unblock'],
  [/^archive/i, 'offboard delete remove'],
  [/^add user/i, 'invite person new create'],
  [/^import/i, 'upload csv many'],
];

export function alsoCalled(label: string): string | undefined {
  return otherWords.find(([pattern]) => pattern.test(label))?.[1];
}

/** Every typed word is somewhere in the label or in its other words. */
export function isMeant({ label, also = '' }: PaletteEntry, typed: string): boolean {
  const text = `${label} ${also}`.toLowerCase();
  return typed
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}

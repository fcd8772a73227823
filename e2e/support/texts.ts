import type { Page } from '@playwright/test';

/**
 * What is wrong with the table of a page: texts that meet, headings, states, times and numbers that are cut, labels of
 * cards that run into the next line.
 */
export async function faultsOfTable(page: Page): Promise<string[]> {
  return await page.evaluate(findFaults);
}

/** Runs in the page. */
function findFaults(): string[] {
  type Text = { words: string; node: Node; left: number; right: number; top: number; bottom: number };
  const table = document.querySelector('main .data-table');
  if (!table) return ['there is no table'];
  // Cells that stay in sight cover others on purpose; without an offset they lie where the table puts them.
  const still = new CSSStyleSheet();
  still.replaceSync('.data-table :is(th, td) { inset: auto !important }');
  document.adoptedStyleSheets.push(still);
  const cells = [...table.querySelectorAll<HTMLElement>('th, td')].filter(({ offsetParent }) => offsetParent !== null);
  const texts = cells.flatMap(textsOf);
  const faults = [...cells.flatMap(cutOf), ...meetings(texts)];
  document.adoptedStyleSheets = document.adoptedStyleSheets.filter((sheet) => sheet !== still);
  return faults;

  function textsOf(cell: HTMLElement): Text[] {
    const walker = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
    const found: Text[] = [];
    while (walker.nextNode()) {
      const node = walker.currentNode;
      const words = node.textContent?.trim() ?? '';
      if (words === '' || node.parentElement?.closest('.sr-only')) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      for (const { left, right, top, bottom } of range.getClientRects()) {
        const text = clipped({ words, node, left, right, top, bottom }, cell);
        if (text.right - text.left > 1 && text.bottom - text.top > 1) found.push(text);
      }
    }
    return found;
  }

  /** Without what the cell or an element in it hides. */
  function clipped(text: Text, cell: HTMLElement): Text {
    let shown = text;
    for (let around = text.node.parentElement; around && table?.contains(around); around = around.parentElement) {
      if (getComputedStyle(around).overflowX !== 'visible') {
        const box = around.getBoundingClientRect();
        shown = {
          ...shown,
          left: Math.max(shown.left, box.left),
          right: Math.min(shown.right, box.right),
          top: Math.max(shown.top, box.top),
          bottom: Math.min(shown.bottom, box.bottom),
        };
      }
      if (around === cell) break;
    }
    return shown;
  }

  function meetings(all: Text[]): string[] {
    return all.flatMap((one, index) =>
      all
        .slice(index + 1)
        .filter((other) => other.node !== one.node && meet(one, other))
        .map((other) => `“${one.words}” meets “${other.words}”`),
    );
  }

  function meet(one: Text, other: Text): boolean {
    const across = Math.min(one.right, other.right) - Math.max(one.left, other.left);
    const down = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top);
    // The boxes of two lines may share the blank above and below their letters.
    return across > 1 && down > 4;
  }

  function cutOf(cell: HTMLElement): string[] {
    const isCard = getComputedStyle(cell.closest('tr') as Element).display === 'grid';
    const isWhole = cell.closest('thead') || /\bc-(status|time|number)\b/.test(cell.className);
    const isCut = Boolean(isWhole) && cell.scrollWidth > cell.clientWidth;
    const runsOver = isCard && cell.scrollHeight > cell.clientHeight + 1;
    return [
      ...(isCut ? [`“${cell.textContent}” is cut`] : []),
      ...(runsOver ? [`“${cell.dataset.label}: ${cell.textContent}” runs into the next line`] : []),
    ];
  }
}

function currentRow(): HTMLElement | null {
  return document.activeElement?.closest<HTMLElement>('[data-row]') ?? null;
}

export function moveRow(step: 1 | -1) {
  const rows = [...document.querySelectorAll<HTMLElement>('[data-row]')];
  const current = currentRow();
  const here = current ? rows.indexOf(current) : -1;
  const row = rows[here === -1 ? 0 : Math.min(rows.length - 1, Math.max(0, here + step))];
  const target = row?.querySelector<HTMLElement>('th a') ?? row?.querySelector<HTMLElement>('a, input, summary');
  target?.focus();
}

export function tickRow() {
  currentRow()?.querySelector<HTMLElement>('[data-part="tick"] input')?.click();
}

/** Follows the link marked `data-shortcut="e"`: in the row that has the focus, otherwise on the page. */
export function openEdit() {
  const edit = '[data-shortcut="e"]';
  const target = currentRow()?.querySelector<HTMLElement>(edit) ?? document.querySelector<HTMLElement>(edit);
  target?.click();
}

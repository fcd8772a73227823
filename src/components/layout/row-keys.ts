function currentRow(): HTMLElement | null {
  return document.activeElement?.closest<HTMLElement>('.data-table tbody tr') ?? null;
}

export function moveRow(step: 1 | -1) {
  const rows = [...document.querySelectorAll<HTMLElement>('.data-table tbody tr')];
  const current = currentRow();
  const here = current ? rows.indexOf(current) : -1;
  const row = rows[here === -1 ? 0 : Math.min(rows.length - 1, Math.max(0, here + step))];
  const target = row?.querySelector<HTMLElement>('th a') ?? row?.querySelector<HTMLElement>('a, input, summary');
  target?.focus();
}

export function tickRow() {
  currentRow()?.querySelector<HTMLElement>('.c-tick input')?.click();
}

/** Edits the row that has the focus, otherwise the page's record: the link marked `data-shortcut="e"`. */
export function openEdit() {
  const row = currentRow();
  if (row) row.dispatchEvent(new CustomEvent('row-shortcut', { detail: 'e', bubbles: true }));
  else document.querySelector<HTMLElement>('[data-shortcut="e"]')?.click();
}

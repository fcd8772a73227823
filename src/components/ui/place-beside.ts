const gap = 4;
const edge = 8;

/** Puts a shown popover below its anchor, or above where more room is, and never outside the window. */
export function placeBeside(panel: HTMLElement, anchor: HTMLElement, align: 'start' | 'end') {
  panel.style.maxHeight = '';
  const at = anchor.getBoundingClientRect();
  const { width, height } = panel.getBoundingClientRect();
  const below = at.bottom + gap;
  const room = { above: at.top - gap - edge, below: innerHeight - edge - below };
  const isBelow = height <= room.below || room.below >= room.above;
  const shown = Math.min(height, isBelow ? room.below : room.above);
  panel.style.maxHeight = `${shown}px`;
  const left = align === 'end' ? at.right - width : at.left;
  panel.style.top = `${isBelow ? below : at.top - gap - shown}px`;
  panel.style.left = `${Math.max(edge, Math.min(left, document.documentElement.clientWidth - width - edge))}px`;
}

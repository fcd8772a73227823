import { type RefObject, useEffect, useLayoutEffect, useRef } from 'react';
import { placeBeside } from './place-beside';

type Shown = RefObject<HTMLElement | null>;

/** Shows a panel beside its anchor for as long as both are rendered. `onClose` is called when anything else is pressed. */
export function usePopover(panel: Shown, anchor: Shown, align: 'start' | 'end', onClose: () => void) {
  const close = useRef(onClose);
  useEffect(() => {
    close.current = onClose;
  });
  useLayoutEffect(() => {
    const [box, button] = [panel.current, anchor.current];
    if (!box || !button) return;
    const isIn = (element: HTMLElement, { target }: Event) => target instanceof Node && element.contains(target);
    const place = (event?: Event) => {
      if (!event || !isIn(box, event)) placeBeside(box, button, align);
    };
    box.popover = 'manual';
    box.showPopover();
    place();
    const listening = new AbortController();
    const { signal } = listening;
    const onPointer = (event: Event) => {
      if (!isIn(box, event) && !isIn(button, event)) close.current();
    };
    document.addEventListener('pointerdown', onPointer, { signal, capture: true });
    document.addEventListener('scroll', place, { signal, capture: true, passive: true });
    window.addEventListener('resize', place, { signal });
    return () => listening.abort();
  }, [panel, anchor, align]);
}

import { type RefObject, useEffect, useLayoutEffect, useRef } from 'react';
import { placeBeside } from './place-beside';

type Element = RefObject<HTMLElement | null>;

/** Shows a panel beside its anchor for as long as both are rendered. `onClose` is called when anything else is pressed. */
export function usePopover(panel: Element, anchor: Element, align: 'start' | 'end', onClose: () => void) {
  const close = useRef(onClose);
  useEffect(() => {
    close.current = onClose;
  });
  useLayoutEffect(() => {
    const [shown, button] = [panel.current, anchor.current];
    if (!shown || !button) return;
    const isIn = (element: HTMLElement, { target }: Event) => target instanceof Node && element.contains(target);
    const place = (event?: Event) => {
      if (!event || !isIn(shown, event)) placeBeside(shown, button, align);
    };
    shown.popover = 'manual';
    shown.showPopover();
    place();
    const listening = new AbortController();
    const { signal } = listening;
    const onPointer = (event: Event) => {
      if (!isIn(shown, event) && !isIn(button, event)) close.current();
    };
    document.addEventListener('pointerdown', onPointer, { signal, capture: true });
    document.addEventListener('scroll', place, { signal, capture: true, passive: true });
    window.addEventListener('resize', place, { signal });
    return () => listening.abort();
  }, [panel, anchor, align]);
}

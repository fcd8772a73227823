'use client';

import { useCallback, useEffect, useRef } from 'react';

const question = 'Leave this page? What you changed here is not saved.';

/**
 * Asks before the page is left while something typed is not saved. Answers a function that says whether there is.
 * The router has no guard, so a link is held back before the router sees the click.
 */
export function useLeaveWarning(isOn: boolean): (isUnsaved: boolean) => void {
  const unsaved = useRef(false);
  useEffect(() => {
    if (!isOn) return;
    const onUnload = (event: BeforeUnloadEvent) => {
      if (unsaved.current) event.preventDefault();
    };
    const onClick = (event: MouseEvent) => {
      if (!unsaved.current || !leavesPage(event)) return;
      if (window.confirm(question)) {
        unsaved.current = false;
        return;
      }
      event.preventDefault();
      event.stopImmediatePropagation();
    };
    window.addEventListener('beforeunload', onUnload);
    // On window and capturing, since React listens on the document.
    window.addEventListener('click', onClick, { capture: true });
    return () => {
      window.removeEventListener('beforeunload', onUnload);
      window.removeEventListener('click', onClick, { capture: true });
    };
  }, [isOn]);
  return useCallback((isUnsaved: boolean) => {
    unsaved.current = isUnsaved;
  }, []);
}

function leavesPage(event: MouseEvent): boolean {
  if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return false;
  const link = event.target instanceof Element ? event.target.closest('a') : null;
  if (!link?.href || link.target === '_blank' || link.hasAttribute('download')) return false;
  const { origin, pathname, search } = new URL(link.href);
  // Another site is asked about by the browser itself, and a place on this page is no leaving.
  return origin === location.origin && pathname + search !== location.pathname + location.search;
}

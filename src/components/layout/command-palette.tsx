'use client';

import { lazy, type MouseEvent, Suspense, useCallback, useEffect, useState } from 'react';
import { Icon } from '../ui/icon';
import { Kbd } from '../ui/kbd';

const PaletteDialog = lazy(() => import('./palette-dialog').then((module) => ({ default: module.PaletteDialog })));

/** Looks like a search field and opens the palette. Without scripts it is a link to a page that finds the same. */
export function CommandPalette() {
  const [isOpen, setOpen] = useState(false);
  const close = useCallback(() => setOpen(false), []);
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== 'k' || !(event.metaKey || event.ctrlKey) || event.altKey) return;
      event.preventDefault();
      setOpen(true);
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, []);
  const open = (event: MouseEvent) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    setOpen(true);
  };
  return (
    <>
      <a href="/search" onClick={open} aria-haspopup="dialog" className="search-opener">
        <Icon name="search" />
        <span className="min-w-0 flex-1 truncate max-sm:sr-only">Find anything</span>
        <span className="max-sm:hidden">
          <Kbd>Ctrl K</Kbd>
        </span>
      </a>
      {isOpen && (
        <Suspense fallback={null}>
          <PaletteDialog onClose={close} />
        </Suspense>
      )}
    </>
  );
}

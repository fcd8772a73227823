'use client';

import { lazy, Suspense, useCallback, useEffect, useState } from 'react';
import { IconButton } from '../ui/icon-button';

export type PaletteEntry = { group: 'Pages' | 'Actions'; label: string; href: string };

const PaletteDialog = lazy(() => import('./palette-dialog').then((module) => ({ default: module.PaletteDialog })));

export function CommandPalette({ entries }: { entries: PaletteEntry[] }) {
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
  return (
    <>
      <IconButton
        label="Find anything (Ctrl-K)"
        icon="search"
        onClick={() => setOpen(true)}
        className="noscript:hidden"
        aria-haspopup="dialog"
      />
      {isOpen && (
        <Suspense fallback={null}>
          <PaletteDialog entries={entries} onClose={close} />
        </Suspense>
      )}
    </>
  );
}

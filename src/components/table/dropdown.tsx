'use client';

import { type ReactNode, type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { placeBeside } from '../ui/place-beside';

type Props = {
  /** The page that shows the panel open: where the button leads without scripts. */
  href: string;
  isOpen: boolean;
  /** The name of the panel. */
  label: string;
  trigger: ReactNode;
  triggerClassName: string;
  align?: 'start' | 'end';
  panelClassName: string;
  /** Rendered only while it is open. `close` gives the focus back. */
  children: (close: () => void) => ReactNode;
};

/** A panel that costs nothing until it is opened. */
export function Dropdown({
  href,
  isOpen,
  label,
  trigger,
  triggerClassName,
  align = 'start',
  panelClassName,
  children,
}: Props) {
  const [open, setOpen] = useState(isOpen);
  const button = useRef<HTMLAnchorElement>(null);
  const close = () => {
    setOpen(false);
    button.current?.focus();
  };
  return (
    <>
      {/* biome-ignore lint/a11y/useSemanticElements: without scripts it is a link */}
      <a
        ref={button}
        href={href}
        role="button"
        aria-haspopup="dialog"
        aria-expanded={open}
        className={triggerClassName}
        onClick={(event) => {
          if (event.metaKey || event.ctrlKey || event.shiftKey) return;
          event.preventDefault();
          setOpen(!open);
        }}
        onKeyDown={(event) => {
          if (event.key !== ' ') return;
          event.preventDefault();
          setOpen(!open);
        }}
      >
        {trigger}
      </a>
      {open && (
        <Panel
          anchor={button}
          label={label}
          align={align}
          className={panelClassName}
          isFirst={isOpen}
          onClose={() => setOpen(false)}
          onEscape={close}
        >
          {children(close)}
        </Panel>
      )}
    </>
  );
}

type PanelProps = {
  anchor: RefObject<HTMLElement | null>;
  label: string;
  align: 'start' | 'end';
  className: string;
  /** It came open with the page, so it does not take the focus. */
  isFirst: boolean;
  onClose: () => void;
  onEscape: () => void;
  children: ReactNode;
};

function Panel({ anchor, label, align, className, isFirst, onClose, onEscape, children }: PanelProps) {
  const panel = useRef<HTMLDivElement>(null);
  const close = useRef(onClose);
  useEffect(() => {
    close.current = onClose;
  });
  useLayoutEffect(() => {
    const [shown, button] = [panel.current, anchor.current];
    if (!shown || !button) return;
    shown.popover = 'manual';
    shown.showPopover();
    placeBeside(shown, button, align);
    if (!isFirst) shown.querySelector<HTMLElement>('input:not([type="hidden"]), button')?.focus();
  }, [anchor, align, isFirst]);
  useEffect(() => {
    const listening = new AbortController();
    const { signal } = listening;
    const place = () => panel.current && anchor.current && placeBeside(panel.current, anchor.current, align);
    const onPointer = ({ target }: Event) => {
      if (!(target instanceof Node) || panel.current?.contains(target) || anchor.current?.contains(target)) return;
      close.current();
    };
    document.addEventListener('pointerdown', onPointer, { signal, capture: true });
    document.addEventListener('scroll', place, { signal, capture: true, passive: true });
    window.addEventListener('resize', place, { signal });
    return () => listening.abort();
  }, [anchor, align]);
  return (
    <div
      ref={panel}
      role="dialog"
      aria-label={label}
      className={`dropdown ${className}`}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.preventDefault();
        event.stopPropagation();
        onEscape();
      }}
    >
      {children}
    </div>
  );
}

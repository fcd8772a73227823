'use client';

import { type ReactNode, type RefObject, useLayoutEffect, useRef, useState } from 'react';
import { usePopover } from '../ui/use-popover';

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
          if (event.key !== ' ' && !(event.key === 'Escape' && open)) return;
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
  usePopover(panel, anchor, align, onClose);
  useLayoutEffect(() => {
    if (!isFirst) panel.current?.querySelector<HTMLElement>('input:not([type="hidden"], :disabled), button')?.focus();
  }, [isFirst]);
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

'use client';

import { clsx } from 'clsx';
import { useRouter } from 'next/navigation';
import { type KeyboardEvent, type RefObject, useEffect, useId, useLayoutEffect, useRef, useState } from 'react';
import { leave } from '../form/leaving';
import { Icon } from '../ui/icon';
import { usePopover } from '../ui/use-popover';
import { hrefOf, labelOf } from './row-name';
import type { Menus, RowAction, RowData } from './table-data';

type Props = {
  box: RefObject<HTMLElement | null>;
  rows: RowData[];
  menus: Menus;
  base: string | undefined;
  returnTo: string;
};

/** What the row's menu offers, in its order. */
function actionsOf({ menu = -1 }: RowData, { actions, keys }: Menus): RowAction[] {
  return (keys[menu] ?? []).flatMap((key) => actions[key] ?? []);
}

type Opened = { row: RowData; button: HTMLElement };

/** One menu for the whole table, filled for the row whose button was pressed. */
export function RowMenu({ box, rows, menus, base, returnTo }: Props) {
  const [opened, setOpened] = useState<Opened | null>(null);
  const router = useRouter();
  useEffect(() => {
    const listening = new AbortController();
    const { signal } = listening;
    const rowOf = (element: Element | null) => {
      const row = element?.closest('tbody tr');
      return row ? rows[[...(row.parentElement?.children ?? [])].indexOf(row)] : undefined;
    };
    const onClick = (event: MouseEvent) => {
      const target = event.target instanceof Element ? event.target : null;
      const button = target?.closest<HTMLElement>('tbody [aria-haspopup="menu"]');
      const row = rowOf(button ?? null);
      if (!button || !row || event.metaKey || event.ctrlKey || event.shiftKey) return;
      event.preventDefault();
      setOpened((before) => (before?.button === button ? null : { row, button }));
    };
    const onShortcut = (event: Event) => {
      const row = rowOf(event.target as Element);
      const found = row && actionsOf(row, menus).find(({ shortcut }) => shortcut === (event as CustomEvent).detail);
      const href = row && found && addressOf(found, row, base);
      if (href) void leave(() => router.push(href));
    };
    // Before useRowLinks, whose listener leaves alone what is prevented.
    box.current?.addEventListener('click', onClick, { signal, capture: true });
    box.current?.addEventListener('row-shortcut', onShortcut, { signal });
    return () => listening.abort();
  }, [box, rows, menus, base, router]);
  // Another page of the list has other rows.
  if (opened && !rows.includes(opened.row)) setOpened(null);
  if (!opened) return null;
  // A menu of its own for each row, because it is placed once, beside its button.
  return (
    <OpenMenu
      key={opened.row.id}
      {...opened}
      menus={menus}
      base={base}
      returnTo={returnTo}
      close={() => setOpened(null)}
    />
  );
}

type OpenProps = Opened & Pick<Props, 'menus' | 'base' | 'returnTo'> & { close: () => void };

function OpenMenu({ row, button, menus, base, returnTo, close }: OpenProps) {
  const menu = useRef<HTMLDivElement>(null);
  usePopover(menu, useRef(button), 'end', close);
  useLayoutEffect(() => {
    menu.current?.querySelector<HTMLElement>('[role="menuitem"]')?.focus();
    button.setAttribute('aria-expanded', 'true');
    return () => button.removeAttribute('aria-expanded');
  }, [button]);
  const leave = () => {
    button.focus();
    close();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') leave();
    else if (event.key === 'Tab') return close();
    else if (!moveFocus(menu.current, event.key)) return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div
      ref={menu}
      role="menu"
      tabIndex={-1}
      aria-label={`Actions for ${labelOf(row)}`}
      className="row-menu"
      onKeyDown={onKeyDown}
    >
      {actionsOf(row, menus).map((action) => (
        <MenuItem key={action.label} action={action} row={row} base={base} returnTo={returnTo} close={leave} />
      ))}
    </div>
  );
}

type ItemProps = { action: RowAction; row: RowData; base: string | undefined; returnTo: string; close: () => void };

function MenuItem({ action, row, base, returnTo, close }: ItemProps) {
  const router = useRouter();
  const reasonId = useId();
  const { label, icon, tone, act, reason } = action;
  const className = clsx(tone === 'bad' && 'bad');
  const face = (
    <>
      <Icon name={icon} />
      <span>{label}</span>
    </>
  );
  if (reason) {
    return (
      <div role="menuitem" tabIndex={-1} aria-disabled="true" aria-describedby={reasonId} className={className}>
        <Icon name={icon} />
        <span>
          {label}
          <small id={reasonId}>{reason}</small>
        </span>
      </div>
    );
  }
  if (act) {
    return (
      <form role="none" action={act} onSubmit={() => setTimeout(close)}>
        <input type="hidden" name="id" value={row.ref ?? row.id} />
        <input type="hidden" name="returnTo" value={returnTo} />
        <button type="submit" role="menuitem" tabIndex={-1} className={className}>
          {face}
        </button>
      </form>
    );
  }
  const href = addressOf(action, row, base) ?? '';
  const open = (event: React.MouseEvent) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    // A dialog opened from here returns the focus to the button.
    close();
    router.push(href);
  };
  return (
    <a href={href} role="menuitem" tabIndex={-1} className={className} onClick={open}>
      {face}
    </a>
  );
}

function addressOf({ href }: RowAction, row: RowData, base: string | undefined): string | undefined {
  if (!href) return hrefOf(row, base);
  return href.replace('{id}', encodeURIComponent(row.id)).replace('{ref}', encodeURIComponent(row.ref ?? ''));
}

/** As in the menus of an operating system: arrows wrap around, Home and End, and a letter finds its entry. */
function moveFocus(menu: HTMLElement | null, key: string): boolean {
  const items = [...(menu?.querySelectorAll<HTMLElement>('[role="menuitem"]') ?? [])];
  const here = items.indexOf(document.activeElement as HTMLElement);
  const next = nextOf(items, here, key);
  next?.focus();
  return next !== undefined;
}

function nextOf(items: HTMLElement[], here: number, key: string): HTMLElement | undefined {
  if (key === 'Home') return items[0];
  if (key === 'End') return items.at(-1);
  if (key === 'ArrowDown') return items[(here + 1) % items.length];
  if (key === 'ArrowUp') return items.at(here - 1);
  if (!/^\p{L}$/u.test(key)) return undefined;
  const after = [...items.slice(here + 1), ...items.slice(0, here + 1)];
  return after.find((item) => item.textContent?.trim().toLowerCase().startsWith(key.toLowerCase()));
}

'use client';

import { useEffect } from 'react';
import { placeBeside } from './place-beside';

/** The listeners are shared, so that a hundred row menus cost nothing to hydrate. */
export function MenuBehaviour() {
  useEffect(() => {
    const listening = new AbortController();
    const { signal } = listening;
    // `toggle` does not bubble, so it is captured.
    document.addEventListener('toggle', onToggle, { capture: true, signal });
    document.addEventListener('click', onClick, { signal });
    document.addEventListener('keydown', onKeyDown, { signal });
    document.addEventListener('scroll', onScroll, { capture: true, passive: true, signal });
    window.addEventListener('resize', onScroll, { signal });
    return () => listening.abort();
  }, []);
  return null;
}

const open = 'details[data-menu][open]';

function openMenus(): HTMLDetailsElement[] {
  return [...document.querySelectorAll<HTMLDetailsElement>(open)];
}

function panelOf(menu: HTMLDetailsElement): HTMLElement | null {
  return menu.querySelector<HTMLElement>(':scope > [data-menu-panel]');
}

function onToggle(event: Event) {
  const menu = event.target;
  if (!(menu instanceof HTMLDetailsElement) || menu.dataset.menu === undefined) return;
  const panel = panelOf(menu);
  if (!panel) return;
  if (!menu.open) {
    if (panel.matches(':popover-open')) panel.hidePopover();
    return;
  }
  for (const other of openMenus()) if (!other.contains(menu)) other.open = false;
  if (menu.dataset.menu !== 'sheet') float(menu, panel);
}

function float(menu: HTMLDetailsElement, panel: HTMLElement) {
  panel.popover = 'manual';
  panel.showPopover();
  placeBeside(panel, menu, menu.dataset.menu === 'end' ? 'end' : 'start');
}

function onClick({ target }: MouseEvent) {
  if (!(target instanceof Element)) return;
  for (const menu of openMenus()) {
    const chosen = panelOf(menu)?.contains(target) && target.closest('a, button[type="submit"]');
    // A dialog opened from here returns the focus to this place, which must not be inside a closed menu.
    if (chosen) menu.querySelector('summary')?.focus();
    if (!menu.contains(target) || chosen) menu.open = false;
  }
}

function onKeyDown(event: KeyboardEvent) {
  const menu = openMenus().at(-1);
  if (!menu) return;
  if (event.key === 'Escape') {
    menu.open = false;
    menu.querySelector('summary')?.focus();
    event.preventDefault();
    return;
  }
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  // A focused field needs the arrow keys itself.
  if (!step || (event.target instanceof Element && event.target.closest('input, select, textarea'))) return;
  const choices: HTMLElement[] = [...(panelOf(menu)?.querySelectorAll<HTMLElement>('a, button:enabled') ?? [])];
  const here = choices.indexOf(document.activeElement as HTMLElement);
  const next = here === -1 && step === -1 ? choices.length - 1 : here + step;
  choices[(next + choices.length) % choices.length]?.focus();
  event.preventDefault();
}

function onScroll(event: Event) {
  for (const menu of openMenus()) {
    const panel = panelOf(menu);
    const within = event.target instanceof Node && panel?.contains(event.target);
    if (!within && menu.dataset.menu !== 'sheet' && panel?.matches(':popover-open')) float(menu, panel);
  }
}

'use client';

import { useRouter } from 'next/navigation';
import { startTransition, useCallback, useEffect, useRef, useState } from 'react';
import type { FormAction } from '@/lib/form-state';
import { leave } from '../form/leaving';
import { Dialog } from '../ui/dialog';
import { IconButton } from '../ui/icon-button';
import { Kbd } from '../ui/kbd';
import { moveRow, openEdit, tickRow } from './row-keys';

export type Shortcut = { keys: string; label: string; href: string };

export type SingleKeys = { isOn: boolean; save?: FormAction };

const builtIn = [
  { keys: '/', label: 'Search this list' },
  { keys: 'j', label: 'Next row' },
  { keys: 'k', label: 'Previous row' },
  { keys: 'x', label: 'Select the row' },
  { keys: 'e', label: 'Edit' },
  { keys: '?', label: 'Show keyboard shortcuts' },
];

/** Single keys can be switched off, as WCAG 2.1.4 asks. */
export function KeyboardShortcuts({ shortcuts, singleKeys }: { shortcuts: Shortcut[]; singleKeys: SingleKeys }) {
  const router = useRouter();
  const dialog = useRef<HTMLDialogElement>(null);
  const first = useRef('');
  const [isOn, setOn] = useState(singleKeys.isOn);
  // Rendered only when opened: its markup in the header would delay what follows, which would then shift.
  const [isOpen, setOpen] = useState(false);
  useEffect(() => {
    if (isOpen) dialog.current?.showModal();
  }, [isOpen]);

  const press = useCallback(
    (key: string): boolean => {
      const destination = shortcuts.find(({ keys }) => keys === `${first.current} ${key}`.trim());
      first.current = shortcuts.some(({ keys }) => keys.startsWith(`${key} `)) && !destination ? key : '';
      if (destination) void leave(() => router.push(destination.href));
      return Boolean(destination) || actOn(key, () => setOpen(true));
    },
    [router, shortcuts],
  );

  useEffect(() => {
    if (!isOn) return;
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || isTyping(event) || document.querySelector('dialog[open]')) return;
      if (press(event.key)) event.preventDefault();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [isOn, press]);

  const switchKeys = (next: boolean) => {
    setOn(next);
    const form = new FormData();
    form.set('singleKeys', next ? 'on' : 'off');
    startTransition(async () => void (await singleKeys.save?.(form)));
  };

  return (
    <>
      <IconButton
        label="Keyboard shortcuts"
        icon="keyboard"
        onClick={() => setOpen(true)}
        className="max-lg:hidden noscript:hidden"
      />
      {isOpen && (
        <Dialog ref={dialog} title="Keyboard shortcuts" onClose={() => setOpen(false)}>
          <Keys shortcuts={[...shortcuts, ...builtIn]} />
          <label className="mt-4 flex items-center gap-2.5 border-line border-t pt-4">
            <input
              type="checkbox"
              checked={isOn}
              onChange={(event) => switchKeys(event.target.checked)}
              className="tick"
            />
            Use these keys
          </label>
        </Dialog>
      )}
    </>
  );
}

function Keys({ shortcuts }: { shortcuts: { keys: string; label: string }[] }) {
  return (
    <dl className="grid gap-x-10 sm:grid-cols-2">
      {shortcuts.map(({ keys, label }) => (
        <div key={keys} className="flex items-center justify-between gap-4 py-1">
          <dt>{label}</dt>
          <dd className="flex gap-1">
            {keys.split(' ').map((key) => (
              <Kbd key={key}>{key}</Kbd>
            ))}
          </dd>
        </div>
      ))}
    </dl>
  );
}

function actOn(key: string, showKeys: () => void): boolean {
  if (key === '?') showKeys();
  else if (key === '/') document.querySelector<HTMLInputElement>('[data-search]')?.focus();
  else if (key === 'j' || key === 'k') moveRow(key === 'j' ? 1 : -1);
  else if (key === 'x') tickRow();
  else if (key === 'e') openEdit();
  else return false;
  return true;
}

function isTyping({ target, ctrlKey, metaKey, altKey }: KeyboardEvent): boolean {
  if (ctrlKey || metaKey || altKey) return true;
  if (!(target instanceof HTMLElement)) return false;
  // Letters do nothing in a check box, and `x` may just have moved the focus to one.
  const isTick = target instanceof HTMLInputElement && ['checkbox', 'radio'].includes(target.type);
  return !isTick && (target.isContentEditable || target.matches('input, textarea, select'));
}

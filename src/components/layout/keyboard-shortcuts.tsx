'use client';

import { useRouter } from 'next/navigation';
import { startTransition, useCallback, useEffect, useRef, useState } from 'react';
import type { FormAction } from '@/lib/form-state';
import { mayLeave } from '../form/leaving';
import { Dialog } from '../ui/dialog';
import { IconButton } from '../ui/icon-button';
import { Kbd } from '../ui/kbd';
import { moveRow, openEdit, tickRow } from './row-keys';

/** Keys pressed one after the other, as in `g u`, and where they lead. */
export type Shortcut = { keys: string; label: string; href: string };

/** Whether single letters do something, and the action that keeps the choice in the account. */
export type SingleKeys = { isOn: boolean; save?: FormAction };

const builtIn = [
  { keys: '/', label: 'Search this list' },
  { keys: 'j', label: 'Next row' },
  { keys: 'k', label: 'Row before' },
  { keys: 'x', label: 'Select the row' },
  { keys: 'e', label: 'Edit' },
  { keys: '?', label: 'Show these keys' },
];

/** The keys of the console and the list of them. Single keys can be switched off, as WCAG 2.1.4 asks. */
export function KeyboardShortcuts({ shortcuts, singleKeys }: { shortcuts: Shortcut[]; singleKeys: SingleKeys }) {
  const router = useRouter();
  const dialog = useRef<HTMLDialogElement>(null);
  const first = useRef('');
  const [isOn, setOn] = useState(singleKeys.isOn);
  // Made when it is asked for: in the middle of the header its markup would hold up what comes after, which then moves.
  const [isAsked, setAsked] = useState(false);
  useEffect(() => {
    if (isAsked) dialog.current?.showModal();
  }, [isAsked]);

  const press = useCallback(
    (key: string): boolean => {
      const destination = shortcuts.find(({ keys }) => keys === `${first.current} ${key}`.trim());
      first.current = shortcuts.some(({ keys }) => keys.startsWith(`${key} `)) && !destination ? key : '';
      if (destination && mayLeave()) router.push(destination.href);
      return Boolean(destination) || actOn(key, () => setAsked(true));
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
        onClick={() => setAsked(true)}
        className="max-lg:hidden noscript:hidden"
      />
      {isAsked && (
        <Dialog ref={dialog} title="Keyboard shortcuts" onClose={() => setAsked(false)}>
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
  // Letters do nothing in a check box, and `x` has just put the focus beside one.
  const isTick = target instanceof HTMLInputElement && ['checkbox', 'radio'].includes(target.type);
  return !isTick && (target.isContentEditable || target.matches('input, textarea, select'));
}

'use client';

import { Command } from 'cmdk';
import { useRouter } from 'next/navigation';
import { useEffect, useRef, useState } from 'react';
import { isFoundBy } from '@/lib/other-words';
import { leave } from '../form/leaving';
import type { PaletteEntry } from './command-palette';

type Found = { group: string; label: string; detail?: string; href: string };

const keyOf = ({ group, href }: Found) => `${group} ${href}`;

export function PaletteDialog({ entries, onClose }: { entries: PaletteEntry[]; onClose: () => void }) {
  const router = useRouter();
  const dialog = useRef<HTMLDialogElement>(null);
  const box = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState('');
  const serverResults = useServerSearch(typed);
  useEffect(() => {
    dialog.current?.showModal();
    // The dialog focuses the frame around the box by default, and nobody can type there.
    box.current?.focus();
  }, []);
  const found: Found[] = [...entries.filter(({ label }) => isFoundBy(label, typed)), ...serverResults];
  // Server results arrive after typing; without this nothing would be selected then, and Enter would do nothing.
  const [chosen, setChosen] = useState('');
  const selected = found.find((each) => keyOf(each) === chosen) ?? found[0];
  const open = (href: string) => {
    dialog.current?.close();
    void leave(() => router.push(href));
  };
  return (
    <dialog
      ref={dialog}
      onClose={onClose}
      aria-label="Find anything"
      className="mx-auto mt-[12vh] mb-auto w-[min(36rem,calc(100vw-2rem))] rounded-ui bg-surface p-0 text-ink shadow-raised"
    >
      <Command
        label="Find anything"
        shouldFilter={false}
        value={selected ? keyOf(selected) : ''}
        onValueChange={setChosen}
      >
        <Command.Input
          ref={box}
          value={typed}
          onValueChange={setTyped}
          placeholder="Find people, organizations, pages and actions"
          className="h-12 w-full border-line border-b bg-surface px-4 text-base outline-none"
        />
        <Command.List className="max-h-[50vh] overflow-y-auto p-2" label="Results">
          <Command.Empty className="px-3 py-6 text-center text-ink-soft">
            Nothing found. Try another part of the name.
          </Command.Empty>
          {[...Map.groupBy(found, ({ group }) => group)].map(([group, members]) => (
            <Group key={group} heading={group} members={members} onOpen={open} />
          ))}
        </Command.List>
      </Command>
    </dialog>
  );
}

type GroupProps = { heading: string; members: Found[]; onOpen: (href: string) => void };

function Group({ heading, members, onOpen }: GroupProps) {
  return (
    <Command.Group
      heading={<span className="block px-3 pt-2 pb-1 font-medium text-[13px] text-ink-soft">{heading}</span>}
    >
      {members.map((found) => (
        <Command.Item
          key={found.href}
          value={keyOf(found)}
          onSelect={() => onOpen(found.href)}
          className="flex min-h-10 cursor-pointer items-center gap-3 rounded-inner px-3 data-[selected=true]:bg-hover"
        >
          <span className="min-w-0 truncate font-medium">{found.label}</span>
          {found.detail && <span className="min-w-0 truncate text-ink-soft">{found.detail}</span>}
        </Command.Item>
      ))}
    </Command.Group>
  );
}

function useServerSearch(typed: string): Found[] {
  const [found, setFound] = useState<Found[]>([]);
  useEffect(() => {
    const abort = new AbortController();
    const search = async () => {
      const answer = await fetch(`/api/palette?q=${encodeURIComponent(typed)}`, { signal: abort.signal });
      setFound(answer.ok ? ((await answer.json()) as Found[]) : []);
    };
    // When aborted or offline, the earlier results stay.
    const timer = setTimeout(() => void search().catch(() => undefined), 150);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [typed]);
  return found;
}

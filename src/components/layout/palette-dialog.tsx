'use client';

import { Command } from 'cmdk';
import { useRouter } from 'next/navigation';
import { useEffect, useRef, useState } from 'react';
import { mayLeave } from '../form/leaving';
import type { PaletteEntry } from './command-palette';

type Found = { group: string; label: string; detail?: string; href: string };

const keyOf = ({ group, href }: Found) => `${group} ${href}`;

/** The box itself, a native dialog: Escape and a press beside it close it, the focus returns to where it was. */
export function PaletteDialog({ entries, onClose }: { entries: PaletteEntry[]; onClose: () => void }) {
  const router = useRouter();
  const dialog = useRef<HTMLDialogElement>(null);
  const box = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState('');
  const looked = useLookUp(typed);
  useEffect(() => {
    dialog.current?.showModal();
    // By itself the dialog gives the focus to the frame around the box, which can take it but not be typed into.
    box.current?.focus();
  }, []);
  const word = typed.trim().toLowerCase();
  const found: Found[] = [...entries.filter(({ label }) => label.toLowerCase().includes(word)), ...looked];
  // What the server finds comes later than what was typed: without this nothing is selected then, and Enter does nothing.
  const [chosen, setChosen] = useState('');
  const selected = found.find((each) => keyOf(each) === chosen) ?? found[0];
  const open = (href: string) => {
    dialog.current?.close();
    if (mayLeave()) router.push(href);
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
        <Command.List className="max-h-[50vh] overflow-y-auto p-2" label="What was found">
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

/** What the server knows by this word, asked when typing pauses; an answer that comes too late is dropped. */
function useLookUp(typed: string): Found[] {
  const [found, setFound] = useState<Found[]>([]);
  useEffect(() => {
    const abort = new AbortController();
    const ask = async () => {
      const answer = await fetch(`/api/palette?q=${encodeURIComponent(typed)}`, { signal: abort.signal });
      setFound(answer.ok ? ((await answer.json()) as Found[]) : []);
    };
    // Aborted, or the network is away: what was found before stays.
    const timer = setTimeout(() => void ask().catch(() => undefined), 150);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [typed]);
  return found;
}

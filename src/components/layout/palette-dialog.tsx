'use client';

import { Command } from 'cmdk';
import { useRouter } from 'next/navigation';
import { useEffect, useMemo, useRef, useState } from 'react';
import { isFoundBy } from '@/lib/other-words';
import { leave } from '../form/leaving';
import { Kbd } from '../ui/kbd';
import { actionsOfPage, isOffered, type PageAction, type PaletteEntry } from './palette-entries';

type Found = PaletteEntry | PageAction;

const keyOf = ({ group, href }: Found) => `${group} ${href}`;

/** The dialog restores the focus by itself when it closes. */
export function PaletteDialog({ onClose }: { onClose: () => void }) {
  const router = useRouter();
  const dialog = useRef<HTMLDialogElement>(null);
  const box = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState('');
  const { entries, results, isSearching } = useServer(typed);
  const ofPage = useMemo(() => actionsOfPage(document), []);
  useEffect(() => {
    dialog.current?.showModal();
    // The dialog focuses the frame around the box by default, and nobody can type there.
    box.current?.focus();
  }, []);
  const listed = [...ofPage, ...entries.filter((entry) => !isOffered(entry, ofPage))];
  const found: Found[] = [...listed.filter(({ label }) => isFoundBy(label, typed)), ...results];
  // Server results arrive after typing; without this nothing would be selected then, and Enter would do nothing.
  const [chosen, setChosen] = useState('');
  const selected = found.find((each) => keyOf(each) === chosen) ?? found[0];
  // Somebody who types fast presses Enter before the answer is there: the first find is opened when it comes.
  const [isEntered, setEntered] = useState(false);
  const open = (entry: Found) => {
    setEntered(false);
    dialog.current?.close();
    if ('element' in entry) entry.element.click();
    else void leave(() => router.push(entry.href));
  };
  useEffect(() => {
    if (isEntered && selected) open(selected);
    else if (isEntered && !isSearching) setEntered(false);
  });
  return (
    <dialog
      ref={dialog}
      onClose={onClose}
      aria-label="Find anything"
      className="mx-auto mt-[10vh] mb-auto w-[min(40rem,calc(100vw-2rem))] rounded-ui bg-surface p-0 text-ink shadow-raised"
    >
      <Command
        label="Find anything"
        shouldFilter={false}
        value={selected ? keyOf(selected) : ''}
        onValueChange={setChosen}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && !selected && isSearching) setEntered(true);
        }}
      >
        <Command.Input
          ref={box}
          value={typed}
          onValueChange={setTyped}
          placeholder="Find people, records, pages, guides and actions"
          className="h-12 w-full border-line border-b bg-surface px-4 text-base outline-none"
        />
        <Command.List className="max-h-[50vh] overflow-y-auto p-2" label="Results">
          <Command.Empty className="px-3 py-6 text-center text-ink-soft">
            {isSearching ? 'Searching…' : 'Nothing found. Try another part of the name.'}
          </Command.Empty>
          {[...Map.groupBy(found, ({ group }) => group)].map(([group, members]) => (
            <Group key={group} heading={group} members={members} onOpen={open} />
          ))}
        </Command.List>
        <p className="flex flex-wrap gap-x-4 gap-y-1 border-line border-t px-4 py-2 text-ink-soft text-xs max-sm:hidden">
          <span>
            <Kbd>↑</Kbd> <Kbd>↓</Kbd> choose
          </span>
          <span>
            <Kbd>↵</Kbd> open
          </span>
          <span>
            <Kbd>Esc</Kbd> close
          </span>
        </p>
        <p role="status" className="sr-only">
          {isSearching ? '' : `${found.length} found`}
        </p>
      </Command>
    </dialog>
  );
}

type GroupProps = { heading: string; members: Found[]; onOpen: (entry: Found) => void };

function Group({ heading, members, onOpen }: GroupProps) {
  return (
    <Command.Group heading={<span className="block px-3 pt-2 pb-1 font-medium text-xs text-ink-soft">{heading}</span>}>
      {members.map((found) => (
        <Command.Item
          key={found.href}
          value={keyOf(found)}
          onSelect={() => onOpen(found)}
          className="flex min-h-10 cursor-pointer items-center gap-3 rounded-inner px-3 data-[selected=true]:bg-hover"
        >
          <span className="min-w-0 truncate font-medium">{found.label}</span>
          {found.detail && <span className="min-w-0 truncate text-ink-soft">{found.detail}</span>}
        </Command.Item>
      ))}
    </Command.Group>
  );
}

/** Pages and actions once, when the palette opens; people and records after every pause in typing. */
function useServer(typed: string) {
  const [entries, setEntries] = useState<PaletteEntry[] | null>(null);
  const [results, setResults] = useState<{ typed: string; found: PaletteEntry[] }>({ typed: '', found: [] });
  useEffect(() => {
    void ask('/api/palette')
      .then(setEntries)
      .catch(() => setEntries([]));
  }, []);
  useEffect(() => {
    const abort = new AbortController();
    const search = async () => {
      if (typed.trim() === '') return setResults({ typed, found: [] });
      setResults({ typed, found: await ask(`/api/palette?q=${encodeURIComponent(typed)}`, abort.signal) });
    };
    // When aborted or offline, the earlier results stay.
    const timer = setTimeout(() => void search().catch(() => undefined), 150);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [typed]);
  return { entries: entries ?? [], results: results.found, isSearching: entries === null || results.typed !== typed };
}

async function ask(path: string, signal?: AbortSignal): Promise<PaletteEntry[]> {
  const answer = await fetch(path, { signal });
  return answer.ok ? ((await answer.json()) as PaletteEntry[]) : [];
}

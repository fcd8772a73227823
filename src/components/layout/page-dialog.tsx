'use client';

import { usePathname, useRouter, useSearchParams } from 'next/navigation';
import {
  createContext,
  type ReactNode,
  type RefObject,
  useContext,
  useEffect,
  useRef,
  useState,
  useTransition,
} from 'react';
import { mayLeave } from '../form/leaving';
import { Dialog } from '../ui/dialog';
import { OverPage } from '../ui/over-page';

const Behind = createContext<RefObject<string>>({ current: '/' });

/** Around the dialogs of the console: remembers the address of the page that lies under them. */
export function DialogLayer({ children }: { children: ReactNode }) {
  const path = usePathname();
  const search = useSearchParams().toString();
  const behind = useRef('/');
  useEffect(() => {
    if (!document.querySelector('[data-page-dialog]')) behind.current = search ? `${path}?${search}` : path;
  }, [path, search]);
  return <Behind value={behind}>{children}</Behind>;
}

type Props = { title: string; children: ReactNode };

/**
 * A page over the one it was opened from. The router keeps what a slot showed after the address has gone elsewhere, so
 * this shows itself at its own address alone; and when that comes back, by a link or by Back, not before it was read anew.
 */
export function PageDialog(props: Props) {
  const path = usePathname();
  const router = useRouter();
  const [own] = useState(path);
  const [isFresh, setFresh] = useState(true);
  const [isReading, startReading] = useTransition();
  const isHere = path === own;
  if (!isHere && isFresh) setFresh(false);
  useEffect(() => {
    if (!isHere || isFresh) return;
    startReading(() => {
      router.refresh();
      setFresh(true);
    });
  }, [isHere, isFresh, router]);
  if (!isHere) return null;
  // The mark is there while it is read too: what lies behind is never the dialog's own address.
  return <div data-page-dialog="">{isFresh && !isReading && <Opened {...props} />}</div>;
}

function Opened({ title, children }: Props) {
  const router = useRouter();
  const dialog = useRef<HTMLDialogElement>(null);
  const behind = useContext(Behind);
  const [over] = useState(() => ({ behind: behind.current, close: () => dialog.current?.close() }));
  useEffect(() => dialog.current?.showModal(), []);
  const onClose = () => (mayLeave() ? router.back() : dialog.current?.showModal());
  return (
    <Dialog
      ref={dialog}
      title={title}
      onCancel={(event) => {
        if (!mayLeave()) event.preventDefault();
      }}
      onClose={onClose}
    >
      <OverPage value={over}>{children}</OverPage>
    </Dialog>
  );
}

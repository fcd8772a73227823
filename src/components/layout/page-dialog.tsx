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
import { isUnsaved, leave } from '../form/leaving';
import { Dialog } from '../ui/dialog';
import { OverPage } from '../ui/over-page';

const Behind = createContext<RefObject<string>>({ current: '/' });

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

/** The router keeps a slot's content when the address changes: shown only at its own; on return only after a reload. */
export function PageDialog(props: Props) {
  const path = usePathname();
  const router = useRouter();
  const [own] = useState(path);
  const [isFresh, setFresh] = useState(true);
  const [isReloading, startReload] = useTransition();
  const isHere = path === own;
  if (!isHere && isFresh) setFresh(false);
  useEffect(() => {
    if (!isHere || isFresh) return;
    startReload(() => {
      router.refresh();
      setFresh(true);
    });
  }, [isHere, isFresh, router]);
  if (!isHere) return null;
  // Rendered during the reload too, or DialogLayer would take the dialog's own address for the page behind it.
  return <div data-page-dialog="">{isFresh && !isReloading && <Opened {...props} />}</div>;
}

function Opened({ title, children }: Props) {
  const router = useRouter();
  const dialog = useRef<HTMLDialogElement>(null);
  const behind = useContext(Behind);
  const [over] = useState(() => ({ behind: behind.current, close: () => dialog.current?.close() }));
  useEffect(() => dialog.current?.showModal(), []);
  const onClose = () => {
    if (isUnsaved()) dialog.current?.showModal();
    void leave(() => router.back());
  };
  return (
    <Dialog
      ref={dialog}
      title={title}
      onCancel={(event) => {
        if (!isUnsaved()) return;
        event.preventDefault();
        void leave(() => router.back());
      }}
      onClose={onClose}
    >
      <OverPage value={over}>{children}</OverPage>
    </Dialog>
  );
}

import type { ReactNode } from 'react';
import { MenuBehaviour } from '@/components/ui/menu-behaviour';

export default function MailboxLayout({ children }: { children: ReactNode }) {
  return (
    <main id="main" className="mx-auto min-h-dvh w-full max-w-5xl px-4 py-8 lg:px-8">
      {children}
      <MenuBehaviour />
    </main>
  );
}

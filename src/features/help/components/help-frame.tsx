import type { ReactNode } from 'react';
import { Mark } from '@/components/layout/mark';
import { TextLink } from '@/components/ui/text-link';
import type { Can } from '@/server/work';

/** Readers in the console already have its frame; without a session the guide gets a header with a sign-in link. */
export function HelpFrame({ reader, children }: { reader: Can | null; children: ReactNode }) {
  if (reader?.may('account.own')) return <div className="max-w-4xl">{children}</div>;
  return (
    <div className="mx-auto min-h-dvh w-full max-w-4xl px-4 py-6 lg:px-8">
      <header className="mb-8 flex items-center justify-between gap-4">
        <p className="flex items-center gap-2.5 font-semibold text-base tracking-tight">
          <Mark />
          Rollcall
        </p>
        <TextLink href="/sign-in">Sign in</TextLink>
      </header>
      <main id="main">{children}</main>
    </div>
  );
}

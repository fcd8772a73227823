import type { ReactNode } from 'react';
import { DialogLayer } from '@/components/layout/page-dialog';
import { SessionWatch } from '@/components/layout/session-watch';
import { ownSignInPath, viewer } from '@/server/viewer';
import { ConsoleFrame } from './console-frame';

/** Shows only what the person may use, but protects nothing: each page checks access itself. */
export default async function ConsoleLayout({ children, dialog }: { children: ReactNode; dialog: ReactNode }) {
  const can = await viewer();
  const watch = can && <SessionWatch person={can.actor.id} signIn={await ownSignInPath()} />;
  // An unfinished session may open one page, without the console around it. A dialog redirects there like any page.
  if (!can?.may('account.own')) {
    return (
      <>
        {children}
        {dialog}
        {watch}
      </>
    );
  }
  return (
    <ConsoleFrame can={can}>
      {children}
      <DialogLayer>{dialog}</DialogLayer>
      {watch}
    </ConsoleFrame>
  );
}

import { cookies } from 'next/headers';
import type { ReactNode } from 'react';
import { ConsoleShell } from '@/components/layout/console-shell';
import { DialogLayer } from '@/components/layout/page-dialog';
import { SessionWatch } from '@/components/layout/session-watch';
import { saveSingleKeysAction } from '@/features/account/preferences.actions';
import { signOutAction } from '@/features/account/sessions.actions';
import { guideLinks } from '@/features/help/guides.queries';
import { findOwnOrganization } from '@/features/organizations/list.queries';
import { avatarTone } from '@/lib/avatar-tone';
import { fullName } from '@/lib/names';
import { parseTheme, themeCookie } from '@/lib/theme';
import { ownSignInPath, viewer } from '@/server/viewer';
import { navigationFor } from './navigation';

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
  const { sections, shortcuts } = navigationFor(can);
  const organization = await findOwnOrganization(can);
  const theme = parseTheme((await cookies()).get(themeCookie)?.value);
  const { firstName, lastName, email } = can.actor;
  return (
    <ConsoleShell
      sections={sections}
      shortcuts={shortcuts}
      organization={organization?.name}
      person={{ name: fullName({ firstName, lastName }), email, tone: avatarTone(can.actor.id) }}
      accountItems={[
        { href: '/account', label: 'My account', icon: 'circle-user' },
        { href: '/help', label: 'Help', icon: 'help' },
      ]}
      signOut={{ action: signOutAction }}
      singleKeys={{ isOn: can.preference.singleKeys, save: saveSingleKeysAction }}
      guides={guideLinks()}
      theme={theme}
    >
      {children}
      <DialogLayer>{dialog}</DialogLayer>
      {watch}
    </ConsoleShell>
  );
}

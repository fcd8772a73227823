import { cookies } from 'next/headers';
import type { ReactNode } from 'react';
import { ConsoleShell } from '@/components/layout/console-shell';
import { saveSingleKeysAction } from '@/features/account/preferences.actions';
import { signOutAction } from '@/features/account/sessions.actions';
import { guideLinks } from '@/features/help/guides.queries';
import { findOwnOrganization } from '@/features/organizations/list.queries';
import { avatarTone } from '@/lib/avatar-tone';
import { fullName } from '@/lib/names';
import { parseTheme, themeCookie } from '@/lib/theme';
import type { Can } from '@/server/work';
import { navigationFor } from './navigation';

/** The console around a page of this person. It protects nothing. */
export async function ConsoleFrame({ can, children }: { can: Can; children: ReactNode }) {
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
    </ConsoleShell>
  );
}

import type { PlainAction } from '@/lib/form-state';
import type { Theme } from '@/lib/theme';
import { Avatar } from '../ui/avatar';
import type { IconName } from '../ui/icons';
import { MenuForm, MenuLink, MenuSeparator } from '../ui/menu';
import { Popout } from '../ui/popout';
import { ThemeSwitch } from './theme-switch';

export type AccountProps = {
  person: { name: string; email: string; tone: number };
  accountItems: { href: string; label: string; icon: IconName }[];
  signOut: { action: PlainAction; fields?: Record<string, string> };
  theme: Theme;
};

export function AccountMenu({ person, accountItems, signOut, theme }: AccountProps) {
  const name = person.name || person.email;
  return (
    <Popout
      label="Your account"
      // Until its summary has arrived, a browser shows a wider one of its own, and the header would shift.
      className="size-9"
      triggerClassName="inline-flex size-9 items-center justify-center rounded-full"
      trigger={
        <>
          <span className="sr-only">Your account, {name}</span>
          <Avatar name={person.name} email={person.email} size="md" tone={person.tone} />
        </>
      }
      panelClassName="w-64 p-1"
    >
      <div className="px-2.5 py-2">
        <p className="truncate font-medium">{name}</p>
        <p className="truncate text-[13px] text-ink-soft">{person.email}</p>
      </div>
      <div className="px-1 pb-1">
        <ThemeSwitch theme={theme} />
      </div>
      <ul aria-label="Your account">
        <MenuSeparator />
        {accountItems.map((item) => (
          <MenuLink key={item.href} href={item.href} icon={item.icon}>
            {item.label}
          </MenuLink>
        ))}
        <MenuSeparator />
        <MenuForm action={signOut.action} fields={signOut.fields} icon="log-out">
          Sign out
        </MenuForm>
      </ul>
    </Popout>
  );
}

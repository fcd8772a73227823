import type { Shortcut } from '@/components/layout/keyboard-shortcuts';
import type { NavSection } from '@/components/layout/navigation';
import type { PaletteEntry } from '@/components/layout/palette-entries';
import type { IconName } from '@/components/ui/icons';
import type { ConsolePermission } from '@/lib/permissions';
import type { Can } from '@/server/work';

type Page = {
  href: string;
  label: string;
  icon: IconName;
  keys: string;
  permission: ConsolePermission;
  except?: string;
};

const sections: { label: string; pages: Page[] }[] = [
  {
    label: 'People',
    pages: [
      { href: '/users', label: 'Users', icon: 'users', keys: 'g u', permission: 'users.read' },
      { href: '/invitations', label: 'Invitations', icon: 'send', keys: 'g i', permission: 'invitations.read' },
      { href: '/imports', label: 'Imports', icon: 'upload', keys: 'g m', permission: 'users.import' },
    ],
  },
  {
    label: 'Access',
    pages: [
      {
        href: '/roles',
        label: 'Roles',
        icon: 'shield',
        keys: 'g r',
        permission: 'roles.read',
        except: '/roles/matrix',
      },
      { href: '/groups', label: 'Groups', icon: 'key', keys: 'g p', permission: 'groups.read' },
      { href: '/roles/matrix', label: 'Matrix', icon: 'columns', keys: 'g x', permission: 'roles.read' },
    ],
  },
  {
    label: 'Organizations',
    pages: [
      {
        href: '/organizations',
        label: 'Organizations',
        icon: 'building',
        keys: 'g o',
        permission: 'organizations.read',
      },
    ],
  },
  {
    label: 'Evidence',
    pages: [
      { href: '/audit', label: 'Audit log', icon: 'scroll-text', keys: 'g a', permission: 'audit.read' },
      { href: '/emails', label: 'Email log', icon: 'mail', keys: 'g e', permission: 'emails.read' },
    ],
  },
];

type PaletteAction = { label: string; href: string; permission: ConsolePermission };

const paletteActions: PaletteAction[] = [
  { label: 'Add user', href: '/users/new', permission: 'users.invite' },
  { label: 'Import users', href: '/imports/new', permission: 'users.import' },
  { label: 'New group', href: '/groups/new', permission: 'groups.create' },
  { label: 'New organization', href: '/organizations/new', permission: 'organizations.create' },
];

/** Pages and actions for the palette, which asks for them when it opens. */
export function paletteFor(can: Can): PaletteEntry[] {
  const pages = sections.flatMap((section) => section.pages).filter((page) => can.may(page.permission));
  return [
    { group: 'Pages', label: 'My account', href: '/account' },
    { group: 'Pages', label: 'Help', href: '/help' },
    ...pages.map(({ label, href }) => ({ group: 'Pages', label, href })),
    ...paletteActions
      .filter((action) => can.may(action.permission))
      .map(({ label, href }) => ({ group: 'Actions', label, href })),
  ];
}

/** Leaves out what the person may not use. Pages check access themselves; this only avoids links that get refused. */
export function navigationFor(can: Can): { sections: NavSection[]; shortcuts: Shortcut[]; isConsolePerson: boolean } {
  const mine = sections
    .map(({ label, pages }) => ({ label, pages: pages.filter((page) => can.may(page.permission)) }))
    .filter(({ pages }) => pages.length > 0);
  const pages = mine.flatMap((section) => section.pages);
  const isConsolePerson = pages.length > 0;
  const home = { href: '/', label: 'Home', icon: 'house' as const };
  // People without console access get these two links here. Others reach them from the avatar and the question mark.
  const ownPages = [
    { href: '/account', label: 'My account', icon: 'circle-user' as const },
    { href: '/help', label: 'Help', icon: 'help' as const },
  ];
  return {
    isConsolePerson,
    sections: [
      { items: isConsolePerson ? [home] : ownPages },
      ...mine.map((section) => ({
        label: section.label,
        items: section.pages.map(({ href, label, icon, except }) => ({ href, label, icon, ...(except && { except }) })),
      })),
    ],
    shortcuts: [
      { keys: 'g h', label: 'Home', href: '/' },
      ...pages.map(({ keys, label, href }) => ({ keys, label, href })),
    ],
  };
}

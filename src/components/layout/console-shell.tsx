import Link from 'next/link';
import type { ReactNode } from 'react';
import { Icon } from '../ui/icon';
import { iconButtonClass } from '../ui/icon-button';
import { MenuBehaviour } from '../ui/menu-behaviour';
import { AccountMenu, type AccountProps } from './account-menu';
import { CommandPalette } from './command-palette';
import { type GuideLink, HelpLink } from './help-link';
import { KeyboardShortcuts, type Shortcut, type SingleKeys } from './keyboard-shortcuts';
import { Mark } from './mark';
import { Navigation, type NavSection } from './navigation';

type Props = AccountProps & {
  product?: string;
  organization?: string;
  sections: NavSection[];
  shortcuts?: Shortcut[];
  singleKeys?: SingleKeys;
  guides?: GuideLink[];
  banner?: ReactNode;
  children: ReactNode;
};

/** The console around a page. It shows what it is given and checks no permissions. */
export function ConsoleShell(props: Props) {
  const {
    product = 'Rollcall',
    organization,
    sections,
    shortcuts = [],
    singleKeys = { isOn: true },
    guides = [],
    banner,
    children,
    ...account
  } = props;
  return (
    <>
      <a
        href="#main"
        className="sr-only rounded-ui bg-surface px-4 py-2 font-medium shadow-raised focus:not-sr-only focus:fixed focus:top-2 focus:left-2 focus:z-50"
      >
        Skip to content
      </a>
      {banner}
      <div className="min-h-dvh lg:grid lg:grid-cols-[14.5rem_minmax(0,1fr)] print:block">
        <aside className="sticky top-0 hidden h-dvh flex-col border-line border-r bg-sunken lg:flex print:hidden">
          <div className="flex h-14 shrink-0 items-center px-5">
            <Home product={product} />
          </div>
          <div className="min-h-0 flex-1 overflow-y-auto px-2.5 pt-2 pb-6">
            <Navigation sections={sections} />
          </div>
        </aside>
        <div className="flex min-w-0 flex-col">
          <header className="sticky top-0 z-30 flex h-14 shrink-0 items-center gap-3 border-line border-b bg-canvas px-4 lg:px-8 print:hidden">
            <PhoneNavigation product={product} sections={sections} />
            {organization && <span className="max-w-48 truncate font-medium max-lg:hidden">{organization}</span>}
            <CommandPalette />
            <div className="flex shrink-0 sm:ml-auto items-center gap-1.5">
              <KeyboardShortcuts key={String(singleKeys.isOn)} shortcuts={shortcuts} singleKeys={singleKeys} />
              <HelpLink guides={guides} />
              <AccountMenu {...account} />
            </div>
          </header>
          <main
            id="main"
            tabIndex={-1}
            className="mx-auto w-full max-w-[92rem] flex-1 px-4 pt-6 pb-16 lg:px-8 print:p-0"
          >
            {children}
          </main>
        </div>
      </div>
      <MenuBehaviour />
    </>
  );
}

function Home({ product }: { product: string }) {
  return (
    <Link href="/" prefetch={false} className="inline-flex items-center gap-2.5 font-semibold text-base tracking-tight">
      <Mark className="size-6" />
      {product}
    </Link>
  );
}

function PhoneNavigation({ product, sections }: { product: string; sections: NavSection[] }) {
  return (
    <div className="flex items-center gap-2 lg:hidden">
      <details data-menu="sheet">
        <summary aria-label="Navigation" title="Navigation" className={`${iconButtonClass} -ml-1.5 size-9`}>
          <Icon name="menu" className="size-5" />
        </summary>
        <div
          data-menu-panel=""
          className="inset-x-0 top-14! max-h-[calc(100dvh-3.5rem)] overflow-y-auto border-line border-b bg-sunken p-3 shadow-raised"
        >
          <Navigation sections={sections} />
        </div>
      </details>
      <Home product={product} />
    </div>
  );
}

'use client';

import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { Icon } from '../ui/icon';
import type { IconName } from '../ui/icons';

export type NavItem = {
  href: string;
  label: string;
  icon: IconName;
  count?: string;
  except?: string;
};

export function NavLink({ href, label, icon, count, except }: NavItem) {
  const pathname = usePathname();
  const isUnder = (place: string) => pathname === place || pathname.startsWith(`${place}/`);
  const isCurrent = href === '/' ? pathname === '/' : isUnder(href) && !(except && isUnder(except));
  return (
    <Link href={href} prefetch={false} aria-current={isCurrent ? 'page' : undefined} className="nav-link">
      <Icon name={icon} />
      <span className="min-w-0 flex-1 truncate">{label}</span>
      {count && <span className="text-ink-soft text-xs tabular-nums">{count}</span>}
    </Link>
  );
}

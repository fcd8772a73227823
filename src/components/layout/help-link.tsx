'use client';

import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { Icon } from '../ui/icon';
import { iconButtonClass } from '../ui/icon-button';

export type GuideLink = { under: string; href: string; title: string };

export function HelpLink({ guides }: { guides: GuideLink[] }) {
  const guide = guideFor(usePathname(), guides);
  const label = guide ? `Help: ${guide.title}` : 'Help';
  return (
    <Link href={guide?.href ?? '/help'} prefetch={false} aria-label={label} title={label} className={iconButtonClass}>
      <Icon name="help" />
    </Link>
  );
}

export function guideFor(pathname: string, guides: GuideLink[]): GuideLink | undefined {
  const parts = pathname.split('/').filter(Boolean);
  return guides
    .filter(({ under }) => covers(under, parts))
    .sort((a, b) => b.under.split('/').length - a.under.split('/').length)[0];
}

function covers(under: string, parts: string[]): boolean {
  const own = under.split('/').filter(Boolean);
  if (own.length === 0) return parts.length === 0;
  return own.every((part, index) => (part.startsWith('[') ? parts[index] !== undefined : part === parts[index]));
}

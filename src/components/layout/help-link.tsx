'use client';

import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { Icon } from '../ui/icon';
import { iconButtonClass } from '../ui/icon-button';

/** A guide and the pages it explains: this one and those under it. */
export type GuideLink = { under: string; href: string; title: string };

/** To the guide of the page that is open; the longest path that fits says which one that is. */
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
  return guides
    .filter(({ under }) => pathname === under || pathname.startsWith(`${under}/`))
    .reduce<GuideLink | undefined>(
      (best, each) => (best && best.under.length >= each.under.length ? best : each),
      undefined,
    );
}

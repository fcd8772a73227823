'use client';

import { clsx } from 'clsx';
import { type IconName, icons } from './icons';

// A client component, so that a server page sends an icon's name instead of its paths in every row.
export function Icon({ name, className, label }: { name: IconName; className?: string; label?: string }) {
  const Drawing = icons[name];
  const named = label ? { role: 'img', 'aria-label': label } : { 'aria-hidden': true };
  return <Drawing className={clsx('shrink-0', className ?? 'size-4')} strokeWidth={1.75} {...named} />;
}

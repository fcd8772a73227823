import { clsx } from 'clsx';
import Link from 'next/link';
import type { ReactNode } from 'react';

type Props = { href: string; quiet?: boolean; className?: string; children: ReactNode };

export function TextLink({ href, quiet, className, children }: Props) {
  const look = quiet
    ? 'font-medium text-ink hover:underline'
    : 'text-accent-text underline decoration-accent-text/35 hover:decoration-accent-text';
  return (
    <Link href={href} prefetch={false} className={clsx('underline-offset-[3px]', look, className)}>
      {children}
    </Link>
  );
}

import { clsx } from 'clsx';
import type { ReactNode } from 'react';
import { Icon } from './icon';
import type { IconName } from './icons';

type Kind = 'nothing-yet' | 'nothing-matches' | 'not-allowed';

const drawings: Record<Kind, { icon: IconName; className: string }> = {
  'nothing-yet': { icon: 'inbox', className: 'bg-accent-soft text-accent-text' },
  'nothing-matches': { icon: 'search-x', className: 'bg-hover text-ink-soft' },
  'not-allowed': { icon: 'lock', className: 'bg-warn-soft text-warn-text' },
};

type Props = {
  kind: Kind;
  title: string;
  icon?: IconName;
  level?: 'h1' | 'h2';
  action?: ReactNode;
  children?: ReactNode;
};

export function EmptyState({ kind, title, icon, level: Heading = 'h2', action, children }: Props) {
  const drawing = drawings[kind];
  return (
    <div className="flex flex-col items-center px-6 py-14 text-center">
      <span className={clsx('mb-4 inline-flex size-11 items-center justify-center rounded-full', drawing.className)}>
        <Icon name={icon ?? drawing.icon} className="size-5" />
      </span>
      <Heading className="font-semibold text-base">{title}</Heading>
      {children && <div className="mt-1 max-w-md text-ink-soft">{children}</div>}
      {action && <div className="mt-5 flex flex-wrap justify-center gap-2">{action}</div>}
    </div>
  );
}

import { clsx } from 'clsx';
import type { ReactNode } from 'react';
import { Icon } from './icon';
import type { IconName } from './icons';

type NoticeTone = 'info' | 'good' | 'warn' | 'bad';

const looks: Record<NoticeTone, { icon: IconName; className: string; mark: string }> = {
  info: { icon: 'info', className: 'border-info/35 bg-info-soft', mark: 'text-info-text' },
  good: { icon: 'circle-check', className: 'border-good/35 bg-good-soft', mark: 'text-good-text' },
  warn: { icon: 'triangle-alert', className: 'border-warn/40 bg-warn-soft', mark: 'text-warn-text' },
  bad: { icon: 'circle-alert', className: 'border-bad/35 bg-bad-soft', mark: 'text-bad-text' },
};

type Props = { tone?: NoticeTone; title?: ReactNode; action?: ReactNode; children?: ReactNode };

export function Notice({ tone = 'info', title, action, children }: Props) {
  const { icon, className, mark } = looks[tone];
  return (
    <div
      role={tone === 'bad' ? 'alert' : 'status'}
      className={clsx('flex flex-wrap items-start gap-x-4 gap-y-2 rounded-ui border px-4 py-3', className)}
    >
      <div className="flex min-w-0 flex-1 basis-64 gap-3">
        <Icon name={icon} className={clsx('mt-0.5 size-4', mark)} />
        <div className="min-w-0">
          {title && <p className="font-semibold">{title}</p>}
          {children && <div className="max-w-prose">{children}</div>}
        </div>
      </div>
      {action && <div className="-my-1 flex gap-2 print:hidden">{action}</div>}
    </div>
  );
}

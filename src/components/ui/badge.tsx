import { clsx } from 'clsx';
import type { ReactNode } from 'react';
import { solid, type Tone, tinted } from './tone';

type Props = { tone?: Tone; dot?: boolean; title?: string; children: ReactNode };

export function Badge({ tone = 'neutral', dot, title, children }: Props) {
  return (
    <span
      title={title}
      className={clsx(
        'inline-flex min-w-0 max-w-full items-center gap-1.5 rounded-full px-2 font-medium text-xs leading-5',
        tinted[tone],
      )}
    >
      {dot && <span className={clsx('status-dot', solid[tone])} />}
      <span className="truncate">{children}</span>
    </span>
  );
}

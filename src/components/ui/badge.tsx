import { clsx } from 'clsx';
import type { ReactNode } from 'react';
import { solid, type Tone, tinted } from './tone';

type Props = { tone?: Tone; dot?: boolean; title?: string; children: ReactNode };

/** A word or two about something: a role, a kind, the state of an invitation. */
export function Badge({ tone = 'neutral', dot, title, children }: Props) {
  return (
    <span
      title={title}
      className={clsx(
        'inline-flex min-w-0 max-w-full items-center gap-1.5 rounded-full px-2 font-medium text-xs leading-5',
        tinted[tone],
      )}
    >
      {dot && <span className={clsx('status-dot size-1.5 shrink-0 rounded-full', solid[tone])} />}
      <span className="truncate">{children}</span>
    </span>
  );
}

/** Several in one line of a list: the first few, then how many more. The whole list is in the title. */
export function BadgeList({ items, max = 2, none = 'None' }: { items: string[]; max?: number; none?: string }) {
  if (items.length === 0) return <span className="text-ink-soft">{none}</span>;
  const more = items.length - max;
  return (
    <span title={items.join(', ')} className="flex min-w-0 items-center gap-1 overflow-hidden *:first:shrink-0">
      {items.slice(0, max).map((item) => (
        <Badge key={item}>{item}</Badge>
      ))}
      {more > 0 && (
        <span className="shrink-0 text-ink-soft text-xs">
          +{more}
          <span className="sr-only"> more: {items.slice(max).join(', ')}</span>
        </span>
      )}
    </span>
  );
}

import { clsx } from 'clsx';
import type { ReactNode } from 'react';
import { dayKey, formatClock, formatDay, formatForReader } from '@/lib/dates';
import { Icon } from './icon';
import type { IconName } from './icons';
import { type Tone, tinted } from './tone';

type Entry = { id: string; at: Date; icon?: IconName; tone?: Tone; title: ReactNode; detail?: ReactNode };
type Props = { entries: Entry[]; timeZone: string; now?: Date };

export function Timeline({ entries, timeZone, now = new Date() }: Props) {
  const days = [...Map.groupBy(entries, (entry) => dayKey(entry.at, timeZone))];
  return (
    <div className="flex flex-col gap-6">
      {days.map(([day, ofDay]) => (
        <section key={day} className="flex flex-col gap-3">
          <h3 className="font-semibold text-xs text-ink-soft">{ofDay[0] && formatDay(ofDay[0].at, timeZone, now)}</h3>
          <ol>
            {ofDay.map((entry) => (
              <Item key={entry.id} entry={entry} timeZone={timeZone} />
            ))}
          </ol>
        </section>
      ))}
    </div>
  );
}

function Item({ entry, timeZone }: { entry: Entry; timeZone: string }) {
  return (
    <li className="group/item relative flex gap-3 pb-5 last:pb-0">
      <span aria-hidden="true" className="absolute top-8 bottom-1 left-3.5 w-px bg-line group-last/item:hidden" />
      <span
        className={clsx(
          'inline-flex size-7 shrink-0 items-center justify-center rounded-full',
          tinted[entry.tone ?? 'neutral'],
        )}
      >
        <Icon name={entry.icon ?? 'history'} className="size-3.5" />
      </span>
      <div className="min-w-0 flex-1 pt-1">
        <div className="flex items-baseline justify-between gap-4">
          <p className="min-w-0">{entry.title}</p>
          <time
            dateTime={entry.at.toISOString()}
            title={formatForReader(entry.at, timeZone)}
            className="shrink-0 text-xs text-ink-soft"
          >
            {formatClock(entry.at, timeZone)}
          </time>
        </div>
        {entry.detail && <div className="mt-1 text-ink-soft">{entry.detail}</div>}
      </div>
    </li>
  );
}

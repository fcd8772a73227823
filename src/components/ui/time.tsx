import { formatForReader, relativeHour, relativeTime } from '@/lib/dates';

type Props = {
  at: Date | null | undefined;
  timeZone: string;
  now?: Date;
  never?: string;
  exact?: boolean;
  /** The time is recorded once an hour, so nothing more precise is shown. */
  hourly?: boolean;
};

export function Time({ at, timeZone, now, never = 'Never', exact, hourly }: Props) {
  if (!at) return <span className="text-ink-soft">{never}</span>;
  const full = formatForReader(at, timeZone);
  const relative = hourly ? relativeHour : relativeTime;
  return (
    // An exact time must wrap: it is too wide for a card on a phone.
    <time
      dateTime={at.toISOString()}
      title={hourly ? undefined : full}
      className={exact ? undefined : 'whitespace-nowrap'}
    >
      {exact ? full : relative(at, now ?? new Date())}
    </time>
  );
}

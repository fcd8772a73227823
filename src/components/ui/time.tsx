import { formatForReader, relativeTime } from '@/lib/dates';

type Props = {
  at: Date | null | undefined;
  timeZone: string;
  now?: Date;
  never?: string;
  exact?: boolean;
};

export function Time({ at, timeZone, now, never = 'Never', exact }: Props) {
  if (!at) return <span className="text-ink-soft">{never}</span>;
  const full = formatForReader(at, timeZone);
  return (
    // An exact time must wrap: it is too wide for a card on a phone.
    <time dateTime={at.toISOString()} title={full} className={exact ? undefined : 'whitespace-nowrap'}>
      {exact ? full : relativeTime(at, now ?? new Date())}
    </time>
  );
}

import { formatForReader, relativeTime } from '@/lib/dates';

type Props = {
  at: Date | null | undefined;
  /** IANA name of the reader's zone. */
  timeZone: string;
  now?: Date;
  /** Shown when `at` is empty. */
  never?: string;
  /** Shows the exact time instead, as logs do. */
  exact?: boolean;
};

/** Such as "3 days ago", with the exact time in the reader's zone as its title. */
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

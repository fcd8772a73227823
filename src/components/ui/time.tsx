import { formatForReader, relativeTime } from '@/lib/dates';

type Props = {
  at: Date | null | undefined;
  /** IANA name of the reader's zone. */
  timeZone: string;
  now?: Date;
  /** What to say when it has not happened. */
  never?: string;
  /** Show the exact moment instead, as logs do. */
  exact?: boolean;
};

/** A moment: "3 days ago", with the exact time in the reader's zone as its title. */
export function Time({ at, timeZone, now, never = 'Never', exact }: Props) {
  if (!at) return <span className="text-ink-soft">{never}</span>;
  const full = formatForReader(at, timeZone);
  return (
    // The exact one is wider than a card on a phone has room for.
    <time dateTime={at.toISOString()} title={full} className={exact ? undefined : 'whitespace-nowrap'}>
      {exact ? full : relativeTime(at, now ?? new Date())}
    </time>
  );
}

import { formatForReader, formatMoment } from '@/lib/dates';

/** When an email leaves that waits for its hour. The clock, not a distance: people come back at that time. */
export function LeavesAt({ at, timeZone, now }: { at: Date; timeZone: string; now: Date }) {
  return (
    <time dateTime={at.toISOString()} title={formatForReader(at, timeZone)}>
      Leaves at {formatMoment(at, timeZone, now)}
    </time>
  );
}

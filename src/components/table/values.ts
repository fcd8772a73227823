import { avatarTone } from '@/lib/avatar-tone';
import { formatForReader, shortTime } from '@/lib/dates';
import { initials } from '../ui/avatar';
import type { Moment, Names, Person } from './table-data';

type Shown = { id: string; name: string; email: string; href?: string | undefined };

export function personValue({ id, name, email, href }: Shown): Person {
  return { name, email, initials: initials(name || email), tone: avatarTone(id), ...(href && { href }) };
}

/** Null for none. */
export function namesValue(names: string[], pending: string[] = []): Names | null {
  return names.length + pending.length === 0 ? null : { names, ...(pending.length > 0 && { pending }) };
}

export type Clock = { timeZone: string; now: Date };

/** A short distance such as "3 d", exact in its title. Null for never. */
export function timeValue(at: Date | null, { timeZone, now }: Clock): Moment | null {
  return at && { text: shortTime(at, now), exact: formatForReader(at, timeZone), at: minuteOf(at) };
}

/** For times that are recorded once an hour: nothing more precise is shown. */
export function hourValue(at: Date | null, { now }: Clock): Moment | null {
  if (!at) return null;
  const isFresh = now.getTime() - at.getTime() < 60 * 60 * 1000;
  return { text: isFresh ? '< 1 h' : shortTime(at, now), at: minuteOf(at) };
}

/** The title has the seconds. */
const minuteOf = (at: Date) => `${at.toISOString().slice(0, 16)}Z`;

/** In logs, where the moment matters more than how long ago it was. */
export function exactValue(at: Date, timeZone: string): Moment {
  return { text: formatForReader(at, timeZone), at: at.toISOString() };
}

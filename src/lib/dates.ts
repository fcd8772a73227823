import { cache } from 'react';

const locale = 'en-US';
const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

const steps: [unit: Intl.RelativeTimeFormatUnit, size: number, below: number][] = [
  ['minute', minute, hour],
  ['hour', hour, day],
  ['day', day, 14 * day],
  ['week', 7 * day, 60 * day],
  ['month', 30.44 * day, 365 * day],
  ['year', 365.25 * day, Number.POSITIVE_INFINITY],
];

const lastStep = ['year', 365.25 * day] as const;

/** What has passed is rounded down, what lies ahead to the nearest. Never 0. */
function inUnits(distance: number): { unit: Intl.RelativeTimeFormatUnit; amount: number } {
  const amountIn = (size: number) => (distance > 0 ? Math.round : Math.trunc)(distance / size);
  const [unit, size] =
    steps.find(([, each, below]) => Math.abs(distance) < below && Math.abs(amountIn(each)) * each < below) ?? lastStep;
  return { unit, amount: amountIn(size) || Math.sign(distance) };
}

const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });

/**
 * "3 days ago", "in 2 hours", "yesterday"; "just now" within 45 seconds. What has passed is rounded down, what lies ahead
 * to the nearest: a link that was sent a second ago for seven days expires in 7 days.
 */
export function relativeTime(date: Date, now: Date): string {
  const distance = date.getTime() - now.getTime();
  if (Math.abs(distance) < 45 * second) return 'just now';
  const { unit, amount } = inUnits(distance);
  return relative.format(amount, unit);
}

/** For what is still to happen. A time that has come is "in a moment": nothing has happened "just now". */
export function upcomingTime(date: Date, now: Date): string {
  return date.getTime() - now.getTime() < 45 * second ? 'in a moment' : relativeTime(date, now);
}

/** For times that are recorded once an hour: "within the hour", then as `relativeTime`. */
export function relativeHour(date: Date, now: Date): string {
  return now.getTime() - date.getTime() < hour ? 'within the hour' : relativeTime(date, now);
}

const shortUnits: Record<string, string> = { minute: 'min', hour: 'h', day: 'd', week: 'w', month: 'mo', year: 'y' };

/** As `relativeTime`, for the columns of a list: "3 d", "in 2 h", "now" within a minute. */
export function shortTime(date: Date, now: Date): string {
  const distance = date.getTime() - now.getTime();
  if (Math.abs(distance) < minute) return 'now';
  const { unit, amount } = inUnits(distance);
  const text = `${Math.abs(amount)} ${shortUnits[unit]}`;
  return distance > 0 ? `in ${text}` : text;
}

// Creating an Intl formatter costs more than using it a thousand times, and a list shows hundreds of times.
const formatters = new Map<string, Intl.DateTimeFormat>();

function formatter(name: string, timeZone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${name} ${timeZone}`;
  const known = formatters.get(key);
  if (known) return known;
  const made = new Intl.DateTimeFormat(locale, { ...options, timeZone });
  formatters.set(key, made);
  return made;
}

const numeric: Intl.DateTimeFormatOptions = {
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
};

function parts(date: Date, timeZone: string): Record<string, string> {
  return Object.fromEntries(
    formatter('numeric', timeZone, numeric)
      .formatToParts(date)
      .map((part) => [part.type, part.value]),
  );
}

/** "Nov 20, 2026, 14:05:09 GMT+1": the moment in an IANA time zone. An unknown zone throws RangeError. */
export function formatExact(date: Date, timeZone: string): string {
  return formatter('exact', timeZone, {
    year: 'numeric',
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
    timeZoneName: 'short',
  }).format(date);
}

/** "11-20-2026 14:05", the form `MM-DD-YYYY HH:MM`, in an IANA time zone. An unknown zone throws RangeError. */
export function formatMonthFirst(date: Date, timeZone: string): string {
  const { year, month, day: dayOfMonth, hour: hours, minute: minutes } = parts(date, timeZone);
  return `${month}-${dayOfMonth}-${year} ${hours}:${minutes}`;
}

export function formatClock(date: Date, timeZone: string): string {
  const { hour: hours, minute: minutes } = parts(date, timeZone);
  return `${hours}:${minutes}`;
}

/** "2026-11-20 14:05 UTC", for readers whose time zone is not known, as in an email. */
export function formatUtc(date: Date): string {
  return `${date.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

/** "14:05" today, otherwise with the day: "Friday, November 20, 14:05". */
export function formatMoment(date: Date, timeZone: string, now: Date): string {
  const clock = formatClock(date, timeZone);
  return dayKey(date, timeZone) === dayKey(now, timeZone) ? clock : `${formatDay(date, timeZone, now)}, ${clock}`;
}

/** The calendar day in an IANA time zone as `YYYY-MM-DD`, which sorts and groups. */
export function dayKey(date: Date, timeZone: string): string {
  const { year, month, day: dayOfMonth } = parts(date, timeZone);
  return `${year}-${month}-${dayOfMonth}`;
}

/** "Today", "Yesterday", "Friday, November 20", with the year when it is not this year. */
export function formatDay(date: Date, timeZone: string, now: Date): string {
  const key = dayKey(date, timeZone);
  const today = dayKey(now, timeZone);
  if (key === today) return 'Today';
  // Noon UTC, so that daylight saving cannot shift the calendar day.
  const noonYesterday = new Date(Date.parse(`${today}T12:00:00Z`) - day);
  if (key === noonYesterday.toISOString().slice(0, 10)) return 'Yesterday';
  const sameYear = key.slice(0, 4) === today.slice(0, 4);
  const options: Intl.DateTimeFormatOptions = { weekday: 'long', month: 'long', day: 'numeric' };
  return formatter(
    sameYear ? 'day' : 'day-year',
    timeZone,
    sameYear ? options : { ...options, year: 'numeric' },
  ).format(date);
}

export type DateFormat = 'words' | 'month-first';

// Cached per page render, and so per reader: `currentSession` sets it. Times are deep inside tables, and each one would
// otherwise need the choice as a prop. Mails and exports do not use it.
const reader = cache((): { format: DateFormat } => ({ format: 'words' }));

export function writeDatesAs(format: DateFormat) {
  reader().format = format;
}

export function formatForReader(date: Date, timeZone: string, format: DateFormat = reader().format): string {
  return format === 'month-first' ? formatMonthFirst(date, timeZone) : formatExact(date, timeZone);
}

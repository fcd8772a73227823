import { describe, expect, test } from 'vitest';
import {
  dayKey,
  formatClock,
  formatDay,
  formatExact,
  formatMoment,
  formatMonthFirst,
  relativeHour,
  relativeTime,
  shortTime,
  upcomingTime,
} from '@/lib/dates';

const now = new Date('2026-11-20T12:00:00Z');
const ago = (milliseconds: number) => new Date(now.getTime() - milliseconds);
const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

describe('relative time', () => {
  test.each([
    [0, 'just now'],
    [44_000, 'just now'],
    [-44_000, 'just now'],
    [50_000, '1 minute ago'],
    [59 * minute + 59_000, '59 minutes ago'],
    [hour, '1 hour ago'],
    [23.9 * hour, '23 hours ago'],
    [day, 'yesterday'],
    [3 * day, '3 days ago'],
    [13.9 * day, '13 days ago'],
    [14 * day, '2 weeks ago'],
    [90 * day, '2 months ago'],
    [800 * day, '2 years ago'],
    [-2 * hour, 'in 2 hours'],
    [-7 * day, 'in 7 days'],
    [-(7 * day - 1000), 'in 7 days'],
    [-(3 * day - 1000), 'in 3 days'],
    [-(day - 1000), 'tomorrow'],
    [-(hour - 1000), 'in 1 hour'],
    [-6.4 * day, 'in 6 days'],
  ])('%d ms before now reads "%s"', (distance, words) => {
    expect(relativeTime(ago(distance), now)).toBe(words);
  });
});

test.each([
  [30_000, 'now'],
  [5 * minute, '5 min'],
  [3 * day + 23 * hour, '3 d'],
  [20 * day, '2 w'],
  [400 * day, '1 y'],
  [-2 * hour, 'in 2 h'],
  [-(7 * day - 1000), 'in 7 d'],
])('%d ms before now reads "%s" in a list', (distance, words) => {
  expect(shortTime(ago(distance), now)).toBe(words);
});

test.each([
  [-hour, 'in 1 hour'],
  [-44_000, 'in a moment'],
  [0, 'in a moment'],
  [day, 'in a moment'],
])('what is still to happen %d ms before now is "%s"', (distance, words) => {
  expect(upcomingTime(ago(distance), now)).toBe(words);
});

test.each([
  [0, 'within the hour'],
  [59 * minute + 59_000, 'within the hour'],
  [hour, '1 hour ago'],
  [day, 'yesterday'],
])('a time that is recorded once an hour, %d ms before now, reads "%s"', (distance, words) => {
  expect(relativeHour(ago(distance), now)).toBe(words);
});

describe('exact time', () => {
  const moment = new Date('2026-11-20T23:05:09Z');

  test('names the zone it is in', () => {
    expect(formatExact(moment, 'Europe/Berlin')).toBe('Nov 21, 2026, 00:05:09 GMT+1');
    expect(formatExact(moment, 'UTC')).toBe('Nov 20, 2026, 23:05:09 UTC');
  });

  test('has the form MM-DD-YYYY HH:MM, with midnight as 00', () => {
    expect(formatMonthFirst(moment, 'Europe/Berlin')).toBe('11-21-2026 00:05');
    expect(formatMonthFirst(moment, 'America/New_York')).toBe('11-20-2026 18:05');
  });

  test('shows the clock of the reader', () => {
    expect(formatClock(moment, 'Asia/Kathmandu')).toBe('04:50');
  });

  test('refuses a zone that does not exist', () => {
    expect(() => formatExact(moment, 'Mars/Olympus')).toThrow(RangeError);
  });
});

test('a moment is the clock today, and the day with the clock otherwise, in the zone of the reader', () => {
  expect(formatMoment(new Date('2026-11-20T15:30:00Z'), 'UTC', now)).toBe('15:30');
  expect(formatMoment(new Date('2026-11-20T18:30:00Z'), 'Asia/Kolkata', now)).toBe('Saturday, November 21, 00:00');
});

describe('days', () => {
  test('belong to the zone of the reader', () => {
    const late = new Date('2026-11-19T23:30:00Z');
    expect(dayKey(late, 'UTC')).toBe('2026-11-19');
    expect(dayKey(late, 'Europe/Berlin')).toBe('2026-11-20');
    expect(formatDay(late, 'Europe/Berlin', now)).toBe('Today');
    expect(formatDay(late, 'UTC', now)).toBe('Yesterday');
  });

  test('are named, with the year only when it is another', () => {
    expect(formatDay(new Date('2026-11-08T10:00:00Z'), 'UTC', now)).toBe('Sunday, November 8');
    expect(formatDay(new Date('2025-11-08T10:00:00Z'), 'UTC', now)).toBe('Saturday, November 8, 2025');
  });

  test('yesterday is right on the day after the clocks changed', () => {
    const monday = new Date('2026-10-26T00:30:00+01:00');
    expect(formatDay(new Date('2026-10-25T01:00:00+02:00'), 'Europe/Berlin', monday)).toBe('Yesterday');
  });
});

import { expect, test } from 'vitest';
import { countOf, formatCount } from '@/lib/counts';

test.each([
  [1204, '1,204'],
  [{ atLeast: 10_000 }, '10,000+'],
  [{ about: 123_456 }, 'about 120,000'],
  [{ about: 994_999 }, 'about 990,000'],
  [{ about: 999_900 }, 'about 1.0 million'],
  [{ about: 1_000_400 }, 'about 1.0 million'],
  [{ about: 4_960_000 }, 'about 5.0 million'],
])('%j reads "%s"', (count, words) => {
  expect(formatCount(count)).toBe(words);
});

test('one is a person, more are people', () => {
  expect(countOf(1, 'person', 'people')).toBe('1 person');
  expect(countOf(0, 'person', 'people')).toBe('0 people');
  expect(countOf({ atLeast: 10_000 }, 'person', 'people')).toBe('10,000+ people');
});

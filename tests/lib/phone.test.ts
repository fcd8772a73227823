import { expect, test } from 'vitest';
import { parsePhone } from '@/lib/phone';

test.each([
  ['+44 20 7946 0000', '+442079460000'],
  ['+44 (0)20 7946 0000', '+442079460000'],
  ['0049-30/123.456', '+4930123456'],
  ['tel:+1 (415) 555‑0123', '+14155550123'],
  ['＋４４ ２０ ７９４６ ００００', '+442079460000'],
  ['+1\u00a0415\u00a0555\u00a00123', '+14155550123'],
])('%s is %s', (typed, phone) => {
  expect(parsePhone(typed)).toEqual({ ok: true, phone });
});

test.each([
  ['020 7946 0000', /country code/],
  ['+0207946', /No country code begins with 0/],
  ['+44 20 7946 0000 ext 12', /only digits/],
  ['call me', /only digits/],
  ['+44 20', /too short/],
  ['+1234567890123456', /at most 15 digits, this has 16/],
  ['+', /only digits/],
  ['9'.repeat(1_000_000), /too long/],
])('%.40s is refused with what to correct', (typed, words) => {
  const parsed = parsePhone(typed);
  expect(parsed.ok ? parsed.phone : parsed.words).toMatch(words);
});

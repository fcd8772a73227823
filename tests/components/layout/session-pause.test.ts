import fc from 'fast-check';
import { expect, test } from 'vitest';
import { nextPauseMs } from '@/components/layout/session-pause';

/** What the page of a deactivation promises. */
const promisedMs = 5_000;

test('a visible page asks soon enough to keep the promise of five seconds, and not together with others', () => {
  fc.assert(
    fc.property(fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }), (random) => {
      expect(nextPauseMs(0, random)).toBeGreaterThanOrEqual(3_500);
      expect(nextPauseMs(0, random)).toBeLessThanOrEqual(promisedMs - 500);
    }),
  );
  expect(new Set(Array.from({ length: 20 }, () => nextPauseMs(0))).size).toBeGreaterThan(1);
});

test('while the server cannot be reached, a page asks less and less often, but goes on', () => {
  const pauses = [0, 1, 2, 3, 4, 5, 100].map((failures) => nextPauseMs(failures, 0.5));
  expect(pauses).toEqual([4_000, 8_000, 16_000, 32_000, 60_000, 60_000, 60_000]);
});

import { beforeEach, expect, test, vi } from 'vitest';
import { makeTurns } from '@/server/turns';

const limits = { alone: 3, together: 1, waiting: 4, inARow: 3, pauseMs: 5, presentMs: 2_000 };

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance', 'setTimeout', 'setImmediate'] });
  return () => vi.useRealTimers();
});

/** Takes turns under a name, and ends them by hand. */
function visit(take: ReturnType<typeof makeTurns>) {
  const running: { who: string; done(): void }[] = [];
  const refused: string[] = [];
  return {
    arrive(who: string) {
      if (!take(who, (done) => running.push({ who, done }))) refused.push(who);
    },
    finish(who: string) {
      const at = running.findIndex((each) => each.who === who);
      running.splice(at, 1)[0]?.done();
      vi.advanceTimersByTime(0);
    },
    running: () => running.map(({ who }) => who),
    refused,
  };
}

test('a visitor alone has several requests at a time, the next wait, and too many are refused', () => {
  const { arrive, finish, running, refused } = visit(makeTurns(limits));
  for (let n = 0; n < 9; n += 1) arrive('flood');
  expect(running()).toEqual(['flood', 'flood', 'flood']);
  expect(refused).toEqual(['flood', 'flood']);
  finish('flood');
  expect(running()).toHaveLength(3);
});

test('while others are there, each has one at a time, and nobody waits for somebody else', () => {
  const { arrive, finish, running } = visit(makeTurns(limits));
  for (let n = 0; n < 7; n += 1) arrive('flood');
  arrive('ada');
  expect(running()).toEqual(['flood', 'flood', 'flood', 'ada']);
  for (let n = 0; n < 3; n += 1) finish('flood');
  expect(running()).toEqual(['ada', 'flood']);
  arrive('ada');
  finish('ada');
  expect(running()).toEqual(['flood', 'ada']);
});

test('a cheap request that ends at once lets others go first as well', () => {
  const take = makeTurns(limits);
  take('ada', () => undefined);
  const begun: string[] = [];
  for (const n of [1, 2]) {
    take('flood', (done) => {
      begun.push(`flood ${n}`);
      done();
    });
  }
  expect(begun).toEqual(['flood 1']);
  vi.advanceTimersByTime(0);
  expect(begun).toEqual(['flood 1', 'flood 2']);
});

test('who has sent many in a row while others are there pauses before each further one', () => {
  const { arrive, finish, running } = visit(makeTurns(limits));
  arrive('ada');
  for (let n = 0; n < 5; n += 1) arrive('flood');
  for (let n = 0; n < 3; n += 1) finish('flood');
  expect(running()).toEqual(['ada', 'flood']);
  finish('flood');
  expect(running()).toEqual(['ada']);
  vi.advanceTimersByTime(limits.pauseMs);
  expect(running()).toEqual(['ada', 'flood']);
});

test('a page and what belongs to it need no pause', () => {
  const { arrive, finish, running } = visit(makeTurns(limits));
  arrive('ada');
  for (let n = 0; n < 3; n += 1) arrive('robin');
  finish('robin');
  expect(running()).toEqual(['ada', 'robin']);
});

test('a visitor who has left does not slow the other one down for long', () => {
  const { arrive, finish, running } = visit(makeTurns(limits));
  arrive('ada');
  finish('ada');
  for (let n = 0; n < 5; n += 1) arrive('flood');
  expect(running()).toEqual(['flood']);
  vi.advanceTimersByTime(2_000);
  arrive('flood');
  finish('flood');
  expect(running()).toEqual(['flood', 'flood', 'flood']);
});

test('a turn ends once, however often it is said', () => {
  const take = makeTurns({ ...limits, alone: 1 });
  let end = () => {};
  take('ada', (done) => {
    end = done;
  });
  const begun: number[] = [];
  for (const n of [1, 2]) take('ada', () => begun.push(n));
  end();
  end();
  vi.advanceTimersByTime(0);
  expect(begun).toEqual([1]);
});

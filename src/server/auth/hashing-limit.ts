import { Fail } from '../fail';

/** `known` is somebody who has proved something before: a device, a link, a session. They never wait for strangers. */
export type Lane = 'known' | 'stranger';

/** So many known people go before a stranger who waits: nobody can keep strangers out for good. */
const knownInARow = 4;

/**
 * Runs `atOnce` at a time and queues up to `waiting` more in each lane, in order of arrival. Known people have a queue
 * of their own and go first, so however many strangers arrive, they hardly wait for them. Others get Fail('busy').
 */
export function makeLimit({ atOnce, waiting }: { atOnce: number; waiting: number }) {
  const queues: Record<Lane, (() => void)[]> = { known: [], stranger: [] };
  let running = 0;
  let knownBefore = 0;
  const nextInLine = () => {
    const lane = knownBefore < knownInARow || queues.stranger.length === 0 ? 'known' : 'stranger';
    const next = queues[lane].shift() ?? queues.stranger.shift();
    knownBefore = lane === 'known' ? knownBefore + 1 : 0;
    return next;
  };
  return async <T>(lane: Lane, work: () => Promise<T>): Promise<T> => {
    if (running >= atOnce) {
      const queue = queues[lane];
      if (queue.length >= waiting) throw new Fail('busy');
      await new Promise<void>((resolve) => queue.push(resolve));
    } else {
      running += 1;
    }
    try {
      return await work();
    } finally {
      // The place passes to the first in the queue, so that a new arrival cannot overtake it.
      const next = nextInLine();
      if (next) next();
      else running -= 1;
    }
  };
}

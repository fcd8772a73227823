import { Fail } from '../fail';

/** `known` is somebody who has proved something before: a device, a link, a session. They never wait for strangers. */
export type Lane = 'known' | 'stranger';

/**
 * Runs `atOnce` at a time and queues up to `waiting` more in each lane, in order of arrival. Known people go first and
 * have a queue of their own, so however many strangers arrive, they wait for one piece of work at most. Others get
 * Fail('busy').
 */
export function makeLimit({ atOnce, waiting }: { atOnce: number; waiting: number }) {
  const queues: Record<Lane, (() => void)[]> = { known: [], stranger: [] };
  let running = 0;
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
      const next = queues.known.shift() ?? queues.stranger.shift();
      if (next) next();
      else running -= 1;
    }
  };
}

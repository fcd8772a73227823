import { Fail } from '../fail';

/**
 * Lets `atOnce` pieces of work run and `waiting` stand in line; more are refused with Fail('too_many'). In order of
 * arrival.
 */
export function makeGate({ atOnce, waiting }: { atOnce: number; waiting: number }) {
  const line: (() => void)[] = [];
  let running = 0;
  return async <T>(work: () => Promise<T>): Promise<T> => {
    if (running >= atOnce) {
      if (line.length >= waiting) throw new Fail('too_many');
      await new Promise<void>((resolve) => line.push(resolve));
    } else {
      running += 1;
    }
    try {
      return await work();
    } finally {
      // The place is handed on, so that nobody who comes now overtakes the line.
      const next = line.shift();
      if (next) next();
      else running -= 1;
    }
  };
}

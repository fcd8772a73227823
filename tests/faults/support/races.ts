import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Place } from './place';

export type Race = {
  kind: 'accept' | 'deactivate';
  /** The token of the link, or the id of the person. */
  what: string;
  actorId: string;
  times: number;
  /** Milliseconds since 1970. */
  at: number;
};

export type Replicas = { race(races: Omit<Race, 'at'>[]): Promise<string[]>; stop(): void };

/** Starts processes that race. `race` takes one task for each of them and returns how every attempt ended. */
export async function startReplicas(place: Place, count: number): Promise<Replicas> {
  const children: ChildProcess[] = [];
  for (let n = 0; n < count; n += 1) {
    const child = spawn(process.execPath, ['--import', 'tsx', 'tests/faults/support/candidate.ts'], {
      env: { ...process.env, ...place.settings, LOG_LEVEL: 'silent' },
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    children.push(child);
    await once(child, 'message');
  }
  return {
    async race(races) {
      const at = Date.now() + 15;
      const ends = races.map(async (race, n) => {
        const child = children[n];
        if (!child) throw new Error('More tasks than replicas.');
        const answered = once(child, 'message');
        child.send({ ...race, at } satisfies Race);
        return (await answered)[0] as string[];
      });
      return (await Promise.all(ends)).flat();
    },
    stop: () => {
      for (const child of children) child.kill('SIGKILL');
    },
  };
}

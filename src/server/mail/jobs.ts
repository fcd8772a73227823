import { z } from 'zod';
import { systemJob } from '../job';
import { drainOutbox } from './drain';

/** How long a drain that found the mail server away keeps later wake-ups of this process from asking again. */
const restMs = 15_000;

let running: Promise<void> | undefined;
let again = false;
let restUntil = 0;
let stopping = false;

/**
 * Sends what waits in the outbox. One drain a process: a wake-up that comes while one runs makes it look once more
 * before it ends, so that no mail waits for the next sweep.
 */
systemJob({
  name: 'emails.send',
  input: z.looseObject({}).nullish(),
  async run() {
    again = true;
    running ??= drainUntilQuiet().finally(() => {
      running = undefined;
    });
    await running;
  },
});

async function drainUntilQuiet() {
  while (again && !stopping && Date.now() >= restUntil) {
    again = false;
    const { away } = await drainOutbox({ goOn: () => !stopping });
    if (away) restUntil = Date.now() + restMs;
  }
}

/** Lets the mails in hand be finished and takes up no more; for a graceful end of the process. */
export async function stopSending() {
  stopping = true;
  await running;
}

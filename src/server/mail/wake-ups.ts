import { drainOutbox } from './drain';

/** After a drain found the mail server unavailable, this process ignores wake-ups for this long. */
const restMs = 15_000;

let running: Promise<void> | undefined;
let again = false;
let restUntil = 0;
let stopping = false;

/** A wake-up during a drain makes it check once more before it ends, so that no mail waits for the next sweep. */
export async function sendWaitingEmails() {
  again = true;
  running ??= drainUntilQuiet().finally(() => {
    running = undefined;
  });
  await running;
}

async function drainUntilQuiet() {
  while (again && !stopping && Date.now() >= restUntil) {
    again = false;
    const { isServerUnavailable } = await drainOutbox({ shouldContinue: () => !stopping });
    if (isServerUnavailable) restUntil = Date.now() + restMs;
  }
}

/** Finishes the mails under way and takes no more, for a graceful end of the process. */
export async function stopSending() {
  stopping = true;
  await running;
}

const everyMs = 4_000;
const spreadMs = 500;
const longestMs = 60_000;

/** Until a page asks again whether it is signed in: about 4 seconds, spread so that pages do not ask together. */
export function nextPauseMs(failures: number, random = randomShare()): number {
  const spread = (2 * random - 1) * spreadMs;
  return Math.min(everyMs * 2 ** Math.min(failures, 10), longestMs) + spread;
}

function randomShare(): number {
  return (crypto.getRandomValues(new Uint32Array(1))[0] ?? 0) / 2 ** 32;
}

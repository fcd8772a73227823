/** Null in the other runtime, which has no sockets and is not used. */
async function ours() {
  // biome-ignore lint/style/noProcessEnv: replaced at build time, so that the other runtime's bundle leaves it out
  return process.env.NEXT_RUNTIME === 'nodejs' ? import('./server/boot') : null;
}

/** Next calls this once, before the first request. */
export async function register() {
  (await ours())?.boot();
}

/** Next calls this for every error that nobody caught, before it answers. */
export async function onRequestError(error: unknown, request: { headers: Record<string, unknown> }) {
  (await ours())?.answerUncaught(error, request.headers);
}

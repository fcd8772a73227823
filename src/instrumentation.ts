/** Null in the edge runtime, which has no sockets and is not used. */
async function loadBoot() {
  // biome-ignore lint/style/noProcessEnv: replaced at build time, so that the other runtime's bundle leaves it out
  return process.env.NEXT_RUNTIME === 'nodejs' ? import('./server/boot') : null;
}

export async function register() {
  (await loadBoot())?.boot();
}

export async function onRequestError(
  error: unknown,
  request: { headers: Record<string, unknown> },
  context: { routeType: string },
) {
  (await loadBoot())?.answerUncaught(error, request.headers, context.routeType);
}

/** Next calls this once, before the first request. */
export async function register() {
  // biome-ignore lint/style/noProcessEnv: replaced at build time; the other runtime has no sockets and is not used
  if (process.env.NEXT_RUNTIME === 'nodejs') (await import('./server/boot')).boot();
}

/** Next calls this for every error that nobody caught, before it answers. */
export async function onRequestError(error: unknown, request: { headers: Record<string, unknown> }) {
  // biome-ignore lint/style/noProcessEnv: as above
  if (process.env.NEXT_RUNTIME === 'nodejs') (await import('./server/boot')).answerUncaught(error, request.headers);
}

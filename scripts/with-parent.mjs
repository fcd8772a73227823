// Loaded first into every process that scripts/start.mjs keeps, so that none outlives it, even when it is killed.
// A child of such a process inherits this file but not the mark. Its channel is to its own parent, and may be all that
// keeps it alive until it gets its work.
if (process.channel && process.env.ROLLCALL_KEPT) {
  delete process.env.ROLLCALL_KEPT;
  process.on('disconnect', () => process.kill(process.pid, 'SIGTERM'));
  process.channel.unref();
}

// Loaded first into every process that scripts/start.mjs keeps: none outlives it, even when it is killed.
// A child of such a process inherits this file but not the mark: its channel is its own parent's, which may be all that
// keeps it alive until it is told what to do.
if (process.channel && process.env.ROLLCALL_KEPT) {
  delete process.env.ROLLCALL_KEPT;
  process.on('disconnect', () => process.kill(process.pid, 'SIGTERM'));
  process.channel.unref();
}

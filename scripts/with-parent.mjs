// Loaded first into every process that scripts/start.mjs keeps: none outlives it, even when it is killed.
if (process.channel) {
  process.on('disconnect', () => process.kill(process.pid, 'SIGTERM'));
  process.channel.unref();
}

/** Starts a clock of this process' processor time, in milliseconds: a busy machine makes the wall's clock run on, not this. */
export function processorClock(): () => number {
  const start = process.cpuUsage();
  return () => {
    const { user, system } = process.cpuUsage(start);
    return (user + system) / 1000;
  };
}

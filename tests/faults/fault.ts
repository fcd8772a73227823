/** What became of a fault: how often it was brought about, and every promise that did not hold, in words. */
export type FaultOutcome = { runs: number; broken: string[]; note: string };

/** One row of the reliability table. `share` is the part of its full size to run: 1 all of it, 0.1 a tenth, 0 once. */
export type Fault = {
  id: string;
  what: string;
  mustHold: string;
  run(options: { share: number; say(line: string): void }): Promise<FaultOutcome>;
};

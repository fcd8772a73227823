/** How often a fault was caused, and a sentence for each promise that was broken. */
export type FaultOutcome = { runs: number; broken: string[]; note: string };

/** One row of the reliability table. `share`: 1 runs its full size, 0.1 a tenth, 0 once. */
export type Fault = {
  id: string;
  what: string;
  mustHold: string;
  run(options: { share: number; say(line: string): void }): Promise<FaultOutcome>;
};

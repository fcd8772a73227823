/** `atOnce`: how many run in parallel. At full size it is one, because parallel runs distort the measurements. */
export type Options = { only: string[]; share: number; json: boolean; atOnce: number };

/** `R1 R5 --share 0.1 --json`; no name means all of them; `--once` runs each at its smallest size. */
export function readOptions(args: readonly string[], known: readonly string[]): Options {
  const options: Options = { only: [], share: 1, json: false, atOnce: 1 };
  for (let at = 0; at < args.length; at += 1) {
    const arg = args[at] ?? '';
    if (arg === '--json') options.json = true;
    else if (arg === '--share') {
      at += 1;
      options.share = readShare(args[at]);
    } else if (arg === '--once') options.share = 0;
    else if (known.includes(arg.toUpperCase())) options.only.push(arg.toUpperCase());
    else
      throw new Error(
        `There is no fault or option called ${arg}. Faults: ${known.join(' ')}; --share 0.1; --once; --json.`,
      );
  }
  options.atOnce = options.share < 1 ? 2 : 1;
  if (options.only.length === 0) options.only = [...known];
  return options;
}

function readShare(value: string | undefined): number {
  const share = Number(value);
  if (!(share > 0 && share <= 1)) throw new Error('--share is a part of the full size: more than 0, at most 1.');
  return share;
}

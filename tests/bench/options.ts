import { parseArgs } from 'node:util';

export type Options = { sizes: number[]; only: string[] | null; runs: number; json: boolean; strict: boolean };

const usage = `npm run bench -- [--sizes 10000,100000,1000000] [--only P1,P3] [--runs 40] [--json] [--strict]
  --strict  ends with exit code 1 when a target is missed`;

/** Everything that `--only` accepts. */
const targets = [
  ...['B', 'P1', 'P2', 'P3', 'P4', 'P5', 'P6', 'P7', 'P8', 'P9'],
  ...['P15', 'P16', 'P17', 'P18', 'P19', 'P20', 'P21'],
];

/** Reads the command line. Throws an error with a sentence for the person at the terminal. */
export function readOptions(args: string[]): Options {
  const { values } = parseArgs({
    args,
    options: {
      sizes: { type: 'string', default: '10000,100000,1000000' },
      only: { type: 'string' },
      runs: { type: 'string', default: '40' },
      json: { type: 'boolean', default: false },
      strict: { type: 'boolean', default: false },
    },
  });
  const sizes = values.sizes.split(',').map(Number);
  const runs = Number(values.runs);
  if (sizes.some((size) => !Number.isInteger(size) || size < 1_000)) {
    throw new Error(`Give sizes as whole numbers of people, from 1000.\n${usage}`);
  }
  if (!Number.isInteger(runs) || runs < 5) throw new Error(`Give at least five runs.\n${usage}`);
  const only = values.only ? values.only.toUpperCase().split(',') : null;
  const unknown = only?.find((id) => !targets.includes(id));
  if (unknown) throw new Error(`There is no ${unknown}. Choose from ${targets.join(', ')}.\n${usage}`);
  return { sizes: sizes.toSorted((a, b) => a - b), only, runs, json: values.json, strict: values.strict };
}

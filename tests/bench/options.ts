import { parseArgs } from 'node:util';

export type Options = { sizes: number[]; only: string[] | null; runs: number; json: boolean; strict: boolean };

const usage = `npm run bench -- [--sizes 10000,100000] [--only P1,P3] [--runs 60] [--json] [--strict]
  --strict  ends with exit code 1 when a target is missed`;

/** Reads the command line; throws a sentence for whoever typed it. */
export function readOptions(args: string[]): Options {
  const { values } = parseArgs({
    args,
    options: {
      sizes: { type: 'string', default: '10000,100000' },
      only: { type: 'string' },
      runs: { type: 'string', default: '60' },
      json: { type: 'boolean', default: false },
      strict: { type: 'boolean', default: false },
    },
  });
  const sizes = values.sizes.split(',').map(Number);
  const runs = Number(values.runs);
  if (sizes.some((size) => !Number.isInteger(size) || size < 1_000)) {
    throw new Error(`Sizes are whole numbers of people, from 1000.\n${usage}`);
  }
  if (!Number.isInteger(runs) || runs < 5) throw new Error(`At least five runs make a median.\n${usage}`);
  const only = values.only ? values.only.toUpperCase().split(',') : null;
  return { sizes, only, runs, json: values.json, strict: values.strict };
}

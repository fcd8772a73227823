import { glob, readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { crashPoints } from '@/server/crash-point';

test('the list of crash points matches the ones in the code', async () => {
  const used: string[] = [];
  for await (const file of glob('src/**/*.{ts,tsx}')) {
    const source = await readFile(file, 'utf8');
    used.push(...[...source.matchAll(/\bcrashPoint\('([^']+)'\)/g)].map(([, name]) => name ?? ''));
  }
  expect(used.length).toBeGreaterThan(10);
  expect([...new Set(used)].sort()).toEqual([...crashPoints].sort());
});

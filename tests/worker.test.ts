import { glob, readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';

test('the worker knows every feature’s mails', async () => {
  const worker = await readFile('src/worker.ts', 'utf8');
  const files = [];
  for await (const file of glob('src/features/**/*.emails.tsx')) files.push(file);
  expect(files.length).toBeGreaterThan(3);
  for (const file of files)
    expect(worker).toContain(`import '@/${file.replace(/^src\//, '').replace(/\.tsx?$/, '')}';`);
});

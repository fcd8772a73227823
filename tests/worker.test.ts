import { glob, readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { schedule } from '@/schedule';
import { jobRegistry } from '@/server/job';
import { queues } from '@/server/queue/queues';

const jobs = import.meta.glob('../src/features/**/*.jobs.ts');

test('every job has its queue before any worker has run', async () => {
  await Promise.all(Object.values(jobs).map((load) => load()));
  await import('@/server/mail/jobs');
  expect(jobRegistry.size).toBeGreaterThan(3);
  for (const name of jobRegistry.keys()) expect(Object.keys(queues)).toContain(name);
  for (const { queue } of schedule) expect([...jobRegistry.keys()]).toContain(queue);
});

test('the worker knows every feature’s jobs and mails', async () => {
  const worker = await readFile('src/worker.ts', 'utf8');
  const files = [];
  for await (const file of glob('src/features/**/*.{jobs.ts,emails.tsx}')) files.push(file);
  expect(files.length).toBeGreaterThan(3);
  for (const file of files)
    expect(worker).toContain(`import '@/${file.replace(/^src\//, '').replace(/\.tsx?$/, '')}';`);
});

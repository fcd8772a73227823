import { afterEach, expect, test } from 'vitest';
import { jobRegistry, runJob } from '@/server/job';

const name = 'tests.fail';
afterEach(() => jobRegistry.delete(name));

test('the queue keeps only the reference of an error, not what the error repeats', async () => {
  const handle = () => Promise.reject(new Error('Key (email)=(ada@example.org) already exists.'));
  jobRegistry.set(name, { job: { name } as never, handle });
  await expect(runJob(name, { id: 'x', data: {} })).rejects.toThrow(/^Reference in the log: [0-9a-f]{8}$/);
});

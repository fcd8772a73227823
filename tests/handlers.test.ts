import { expect, test } from 'vitest';
import '@/handlers';
import { declaredJobs, jobRegistry, systemJob } from '@/server/job';
import { sendEmailsJob } from '@/server/mail/outbox';
import { defineJob, type Job, noPayload } from '@/server/queue/define-job';

const declarations = import.meta.glob<Record<string, Job>>('../src/features/**/*.jobs.ts', { eager: true });

test('every declared job has a handler, and so its queue before any worker has run', () => {
  const declared = Object.values(declarations).flatMap((file) => Object.values(file));
  expect(declared.length).toBeGreaterThan(5);
  for (const job of [...declared, sendEmailsJob]) expect(jobRegistry.get(job.name)?.job).toBe(job);
});

test('no two jobs have the same name', () => {
  const again = defineJob({ name: 'records.clean', input: noPayload });
  expect(() => systemJob(again, { run: async () => undefined })).toThrow('Two jobs are called records.clean.');
});

test('a job on the timetable runs with what the timetable gives it', () => {
  const scheduled = declaredJobs().filter(({ cron }) => cron !== null);
  expect(scheduled.length).toBeGreaterThan(5);
  for (const { input } of scheduled) {
    expect(input.safeParse({}).success).toBe(true);
    expect(input.safeParse(null).success).toBe(true);
  }
});

// Jobs that wait in the queue's table carry the name, so an older replica and a newer one must use the same.
test('the names of the queues are those of earlier versions', () => {
  expect(
    declaredJobs()
      .map(({ name }) => name)
      .sort(),
  ).toEqual([
    'account.password-help',
    'emails.send',
    'imports.apply',
    'imports.cut-off',
    'imports.validate',
    'invitations.apply',
    'invitations.expire',
    'invitations.remind',
    'invitations.validate',
    'plans.resume',
    'records.clean',
    'users.reactivate-due',
  ]);
});

import { expect, test } from 'vitest';
import '@/handlers';
import { invitationEmail } from '@/features/invitations/mail.emails';
import { invitationLink } from '@/features/invitations/send.schema';
import { declaredJobs, jobRegistry, systemJob } from '@/server/job';
import { sendEmailsJob } from '@/server/mail/outbox';
import { findTemplate, registerEmails, registerLink } from '@/server/mail/registry';
import type { Template } from '@/server/mail/templates';
import { defineJob, type Job, noPayload } from '@/server/queue/define-job';

const jobs = import.meta.glob<Record<string, Job>>('../src/features/**/*.jobs.ts', { eager: true });
const emails = import.meta.glob<Record<string, Template>>('../src/features/**/*.emails.tsx', { eager: true });
const all = <T>(files: Record<string, Record<string, T>>) =>
  Object.values(files).flatMap((file) => Object.values(file));

test('every declared job has a handler, and so its queue before any worker has run', () => {
  const declared = all(jobs);
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
test('the names of the queues are still those of earlier versions', () => {
  const names = new Set(declaredJobs().map(({ name }) => name));
  const earlier = [
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
  ];
  expect(earlier.filter((name) => !names.has(name))).toEqual([]);
});

test('the worker sends every declared mail', () => {
  const declared = all(emails);
  expect(declared.length).toBeGreaterThan(5);
  for (const template of declared) expect(findTemplate(template.name)).toBe(template);
});

test('no two mails have the same name, nor two links', () => {
  expect(() => registerEmails({ ...invitationEmail })).toThrow('Two mails are called invitation.');
  expect(() => registerLink(invitationLink, { isCurrent: async () => true })).toThrow(
    'Two links are called invitation.',
  );
});

test('no mail is sent with a link that nobody can check', () => {
  const link = { to: { kind: 'test', path: '/test' } as const, of: () => ({ id: '', version: 1 }) };
  expect(() => registerEmails({ ...invitationEmail, name: 'test.link', link })).toThrow(
    'Nobody knows whether a link of the kind test still works.',
  );
});

// Mails that wait in the outbox carry the name, so it stays.
test('the names of the mails are still those of earlier versions', () => {
  const earlier = [
    'account-awaits-activation',
    'email-change',
    'email-change-asked',
    'email-changed',
    'invitation',
    'invitation-asked',
    'invitation-reminder',
    'membership-added',
    'password-changed',
    'password-reset',
  ];
  expect(earlier.filter((name) => !findTemplate(name))).toEqual([]);
});

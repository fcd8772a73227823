import { createElement, type ReactElement } from 'react';
import { describe, test } from 'vitest';
import { z } from 'zod';
import { invitationLink } from '@/features/invitations/send.schema';
import { linkToken } from '@/server/auth/links';
import { systemJob } from '@/server/job';
import { defineEmail } from '@/server/mail/templates';
import { defineJob, noPayload } from '@/server/queue/define-job';
import type { SystemWork } from '@/server/work';

declare const work: SystemWork;

describe('an audit action', () => {
  test('is one of those that are declared', () => {
    const subject = { type: 'user', id: null };
    void work.audit({ action: 'user.updated', subject });
    // @ts-expect-error nobody declared this action
    void work.audit({ action: 'user.tickled', subject });
    // @ts-expect-error an earlier name is only for reading
    void work.audit({ action: 'user.suspended', subject });
  });
});

describe('a job', () => {
  const byId = defineJob({ name: 'test.by-id', input: z.object({ id: z.uuid() }), queue: { onePerId: true } });
  const wakeUp = defineJob({ name: 'test.wake-up', input: noPayload, cron: '* * * * *' });

  test('is enqueued with the payload that it declares', () => {
    void work.enqueue(byId, { id: 'a' });
    // @ts-expect-error a queue is not named by hand
    void work.enqueue('test.by-id', { id: 'a' });
    // @ts-expect-error the payload misses its id
    void work.enqueue(byId, {});
    // @ts-expect-error an id is a word
    void work.enqueue(byId, { id: 7 });
    // @ts-expect-error the payload has something that the job does not know
    void work.enqueue(byId, { id: 'a', name: 'b' });
    void work.enqueue(wakeUp, {});
    // @ts-expect-error a wake-up has no payload
    void work.enqueue(wakeUp, { id: 'a' });
  });

  test('waits once per id only where there is an id', () => {
    // @ts-expect-error its payload has no id
    defineJob({ name: 'test.no-id', input: z.object({ name: z.string() }), queue: { onePerId: true } });
    // @ts-expect-error no such setting
    defineJob({ name: 'test.setting', input: noPayload, queue: { tries: 3 } });
    // @ts-expect-error a payload holds ids and words only
    defineJob({ name: 'test.payload', input: z.object({ rows: z.array(z.string()) }) });
  });

  test('is on the timetable only if it needs no payload', () => {
    // @ts-expect-error the timetable knows no id
    defineJob({ name: 'test.nightly', input: z.object({ id: z.uuid() }), cron: '0 4 * * *' });
  });

  test('is handled with its own payload', () => {
    // @ts-expect-error the handler wants another payload
    systemJob(byId, { run: async (_tools, { name }) => void name });
  });
});

describe('a mail', () => {
  const to = { address: 'ada@acme.com', name: 'Ada' };
  const hello = defineEmail({
    name: 'test.hello',
    title: 'Hello',
    quota: { exempt: 'a test' },
    params: z.object({ words: z.string() }),
    render: ({ words }) => ({ subject: words, element: createElement('p') }),
  });

  test('is sent with the parameters that its template declares', () => {
    void work.email(hello, { words: 'Hello' }, { to, dedupeKey: 'a' });
    void work.emails(hello, [{ params: { words: 'Hello' }, to, dedupeKey: 'a' }]);
    // @ts-expect-error a template is not named by hand
    void work.email('test.hello', { words: 'Hello' }, { to, dedupeKey: 'a' });
    // @ts-expect-error the words are missing
    void work.email(hello, {}, { to, dedupeKey: 'a' });
    // @ts-expect-error words are text
    void work.email(hello, { words: 7 }, { to, dedupeKey: 'a' });
    // @ts-expect-error nobody knows where it goes
    void work.email(hello, { words: 'Hello' }, { dedupeKey: 'a' });
    // @ts-expect-error the template does not know this parameter
    void work.emails(hello, [{ params: { words: 'Hello', more: 1 }, to, dedupeKey: 'a' }]);
  });

  test('says whether it counts toward the quota of its organization', () => {
    const { quota: _quota, ...unsaid } = hello;
    // @ts-expect-error nobody decided
    defineEmail(unsaid);
    // @ts-expect-error an exemption has a reason
    defineEmail({ ...hello, quota: { exempt: true } });
  });

  test('carries a link that a feature declares', () => {
    // @ts-expect-error a kind of link is not named by hand
    linkToken('invitation', 'a', 1);
    const params = z.object({ id: z.uuid() });
    // @ts-expect-error the link wants a version too
    defineEmail({ ...hello, params, link: { to: invitationLink, of: ({ id }) => ({ id }) }, render });
    // @ts-expect-error a mail's parameters are kept as JSON
    defineEmail({ ...hello, params: z.object({ at: z.date() }), render });
  });
});

declare function render(): { subject: string; element: ReactElement };

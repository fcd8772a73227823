import { newId } from '@/lib/ids';
import type { Tx } from '../db/client';
import type { JsonObject } from '../db/sql';
import { env } from '../env';
import { defineJob, noPayload } from '../queue/define-job';
import { enqueue } from '../queue/job-queue';

/** Sends waiting mails, including retries and those left by a crash. */
export const sendEmailsJob = defineJob({
  name: 'emails.send',
  input: noPayload,
  // Wake-ups: one drain of the outbox handles a batch of them. Polled often, kept briefly.
  queue: { retries: 0, batch: 200, pollSeconds: 1, keepSeconds: 600, expireSeconds: 3600 },
  cron: '* * * * *',
});

export type OutgoingEmail = {
  template: string;
  /** Ids and words for the template, never a link or a token. */
  params: JsonObject;
  /** The address as `parseEmail` returns it; any other form is not sent. */
  to: { address: string; name: string };
  userId?: string | null;
  organizationId?: string | null;
  subject?: { type: 'invitation' | 'password-reset' | 'email-change'; id: string };
  /** At most one mail per key: kind, id and version of the link it carries. */
  dedupeKey: string;
};

/** Inserts mails in the caller's transaction; the worker sends them after the commit. Ignores existing keys. */
export async function insertEmails(tx: Tx, emails: OutgoingEmail[]) {
  if (emails.length === 0) return;
  const host = new URL(env().PUBLIC_URL).hostname;
  const rows = emails.map(({ to, subject, ...email }) => {
    const id = newId();
    return {
      ...email,
      id,
      toAddress: to.address,
      toName: to.name,
      subjectType: subject?.type ?? null,
      subjectId: subject?.id ?? null,
      messageId: `${id}@${host}`,
    };
  });
  // One JSON parameter: an import inserts five hundred at once.
  await tx.$executeRaw`
    INSERT INTO email (id, template, params, to_address, to_name, user_id, organization_id, subject_type, subject_id,
                       dedupe_key, message_id)
    SELECT x.id, x.template, x.params, x."toAddress", x."toName", x."userId", x."organizationId", x."subjectType",
           x."subjectId", x."dedupeKey", x."messageId"
      FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
        AS x(id uuid, template text, params jsonb, "toAddress" text, "toName" text, "userId" uuid, "organizationId" uuid,
             "subjectType" text, "subjectId" uuid, "dedupeKey" text, "messageId" text)
    ON CONFLICT DO NOTHING`;
  await wakeMail(tx);
}

// No singleton key: a unique key would make transactions that send mail wait for each other, and one that commits
// during a drain would find the key in use and wake nobody. The worker handles a batch of these jobs at once instead.
async function wakeMail(tx: Tx) {
  await enqueue(tx, sendEmailsJob, {});
}

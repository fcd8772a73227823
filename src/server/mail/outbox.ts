import { newId } from '@/lib/ids';
import type { Tx } from '../db/client';
import type { JsonObject } from '../db/sql';
import { env } from '../env';
import { enqueue } from '../queue/job-queue';

export type OutgoingEmail = {
  /** A template registered by the feature that owns it (see `templates.ts`). */
  template: string;
  /** What the template needs; ids and words, never a link or a token. */
  params: JsonObject;
  /** The address as `parseEmail` returns it; anything else is not sent. */
  to: { address: string; name: string };
  userId?: string | null;
  organizationId?: string | null;
  subject?: { type: 'invitation' | 'password-reset' | 'email-change'; id: string };
  /** One mail a key: kind, id and version of the link it carries. */
  dedupeKey: string;
};

/** Rows of the caller's transaction; the worker sends them after the commit. A key that is there already stays one. */
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
  // One JSON parameter: an import brings five hundred at once.
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

/**
 * Tells the worker, when this transaction commits, that the outbox has something. One small job per transaction and no
 * singleton key: a unique key would make transactions that send mail wait for each other, and one that commits while a
 * drain is under way would find the key taken and wake nobody. The worker burns a heap of them in one go instead.
 */
async function wakeMail(tx: Tx) {
  await enqueue(tx, 'emails.send', {});
}

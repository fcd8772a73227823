import type { z } from 'zod';
import { newId } from '@/lib/ids';
import type { Tx } from '../db/client';
import { env } from '../env';
import type { Can } from '../handle';
import { defineJob, noPayload } from '../queue/define-job';
import { enqueue } from '../queue/job-queue';
import { reserveHours, sendsForPlatform } from './quota';
import { linkOf, type Template } from './templates';

/** Sends waiting mails, including retries and those left by a crash. */
export const sendEmailsJob = defineJob({
  name: 'emails.send',
  input: noPayload,
  // Wake-ups: one drain of the outbox handles a batch of them. Polled often, kept briefly.
  queue: { retries: 0, batch: 200, wakeUps: true, pollSeconds: 1, keepSeconds: 600, expireSeconds: 3600 },
  cron: '* * * * *',
});

export type Envelope = {
  /** The address as `parseEmail` returns it; any other form is not sent. */
  to: { address: string; name: string };
  userId?: string | null;
  organizationId?: string | null;
  /** At most one mail per key: kind, id and version of the link it carries. */
  dedupeKey: string;
  /** The system writes it for somebody who sends for the platform, so it does not count for its organization. */
  isForPlatform?: boolean;
};

export type Mail<S extends z.ZodType> = Envelope & { params: z.input<S> };

/**
 * Inserts mails in the caller's transaction; the worker sends them after the commit. Ignores existing keys. A mail is
 * about what its link leads to. Returns when each leaves; null is at once.
 */
export async function insertEmails<S extends z.ZodType>(
  tx: Tx,
  template: Template<S>,
  mails: Mail<NoInfer<S>>[],
  sender?: Pick<Can, 'may'>,
): Promise<(Date | null)[]> {
  if (mails.length === 0) return [];
  const host = new URL(env().PUBLIC_URL).hostname;
  const leaves = isCounting(template, sender) ? await reservePlaces(tx, mails) : mails.map(() => null);
  const rows = mails.map(({ to, params, isForPlatform: _isForPlatform, ...envelope }, n) => {
    const id = newId();
    const link = linkOf(template, template.params.parse(params));
    return {
      ...envelope,
      id,
      template: template.name,
      params,
      toAddress: to.address,
      toName: to.name,
      subjectType: link?.link.kind ?? null,
      subjectId: link?.id ?? null,
      messageId: `${id}@${host}`,
      leavesAt: leaves[n],
    };
  });
  // One JSON parameter: an import inserts five hundred at once.
  await tx.$executeRaw`
    INSERT INTO email (id, template, params, to_address, to_name, user_id, organization_id, subject_type, subject_id,
                       dedupe_key, message_id, next_attempt_at)
    SELECT x.id, x.template, x.params, x."toAddress", x."toName", x."userId", x."organizationId", x."subjectType",
           x."subjectId", x."dedupeKey", x."messageId", coalesce(x."leavesAt", app_now())
      FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
        AS x(id uuid, template text, params jsonb, "toAddress" text, "toName" text, "userId" uuid, "organizationId" uuid,
             "subjectType" text, "subjectId" uuid, "dedupeKey" text, "messageId" text, "leavesAt" timestamptz)
    ON CONFLICT DO NOTHING`;
  await wakeMail(tx);
  return leaves;
}

function isCounting({ quota }: Template, sender?: Pick<Can, 'may'>): boolean {
  return quota === 'organization' && !(sender && sendsForPlatform(sender));
}

/** When each mail leaves; null is at once. */
async function reservePlaces(tx: Tx, mails: Envelope[]): Promise<(Date | null)[]> {
  const places = mails.map(({ organizationId, isForPlatform }) => (isForPlatform ? null : (organizationId ?? null)));
  const wanted = new Map<string, number>();
  for (const id of places) if (id) wanted.set(id, (wanted.get(id) ?? 0) + 1);
  const leaves = await reserveHours(tx, wanted);
  return places.map((id) => (id && leaves.get(id)?.shift()) || null);
}

// No singleton key: a unique key would make transactions that send mail wait for each other, and one that commits
// during a drain would find the key in use and wake nobody. The worker handles a batch of these jobs at once instead.
async function wakeMail(tx: Tx) {
  await enqueue(tx, sendEmailsJob, {});
}

import { newId } from '@/lib/ids';
import { mailLimits } from '@/lib/limits';
import { linkHash, linkKeys } from '../auth/links';
import type { Db, Tx } from '../db/client';
import { type Sql, sql } from '../db/sql';
import { client, type Writes } from '../db/statements';
import { silenceSeconds } from '../env';
import { makeTools, type SystemWork } from '../handle';
import { sendEmailsJob } from './outbox';
import { giveBack, type Place } from './quota';
import { type Delivery, linkHandlerOf } from './registry';
import type { KnownLink, PersonalLink } from './templates';

export type ClaimedEmail = {
  id: string;
  template: string;
  params: unknown;
  to_address: string;
  message_id: string;
  subject_type: string | null;
  attempts: number;
};

/** Renewed during the work, so that another worker soon takes over the mails of one that died. */
export const leaseSeconds = () => silenceSeconds(25);

/** 16 hours in all: longer than an outage of a night or a greylist, so only a wrong address fails for good. */
const delayMinutes = [1, 2, 5, 10, 20, 40, 60, 120, 240, 480];
export const maxAttempts = delayMinutes.length + 1;
/** Caps the attempts that an outage costs, so that five are left when the server is back. */
const attemptsWhileUnavailable = 6;

const cutOff = 'The worker stopped before the mail server answered.';

function delayAfter(attempts: Sql) {
  return sql`make_interval(mins => (${delayMinutes}::int[])[least(${attempts}, ${delayMinutes.length}::int)])`;
}

/** Claims the oldest due mail, committed on return, so nothing that follows goes unnoticed. */
export async function claimEmail(db: Db, templates: string[]): Promise<ClaimedEmail | undefined> {
  const [row] = await db.$queryRaw<ClaimedEmail[]>`
    UPDATE email SET state = 'sending', attempts = attempts + 1,
           next_attempt_at = app_now() + make_interval(secs => ${leaseSeconds()})
     WHERE id = (SELECT id FROM email WHERE state = 'pending' AND next_attempt_at <= app_now()
                    AND template = ANY(${templates}) ORDER BY next_attempt_at LIMIT 1 FOR UPDATE SKIP LOCKED)
    RETURNING id, template, params, to_address, message_id, subject_type, attempts`;
  return row;
}

export const linkIsOver = 'Not sent: its link was replaced, cancelled or has expired.';

/**
 * Takes waiting mails about these records out of the outbox, because their links stop working. One that a worker has
 * claimed is skipped: the worker checks the link itself, and waiting for it could deadlock.
 */
export async function withdrawEmails(work: Writes, subjectType: string, subjectIds: readonly string[]) {
  const tx = work[client];
  const places = await tx.$queryRaw<Place[]>`
    WITH waiting AS (
      SELECT id, organization_id, next_attempt_at, attempts FROM email
       WHERE subject_type = ${subjectType} AND subject_id = ANY(${subjectIds}::uuid[]) AND state = 'pending'
         FOR UPDATE SKIP LOCKED),
    withdrawn AS (
      UPDATE email SET state = 'unsent', last_error = ${linkIsOver}, next_attempt_at = app_now()
        FROM waiting WHERE email.id = waiting.id
      RETURNING waiting.organization_id, waiting.next_attempt_at, waiting.attempts)
    SELECT organization_id AS id, date_trunc('hour', next_attempt_at, 'UTC') AS hour, count(*)::int AS emails FROM withdrawn
     WHERE organization_id IS NOT NULL AND attempts = 0 AND next_attempt_at > app_now() GROUP BY 1, 2`;
  await giveBack(tx, places);
}

export async function isAnythingDue(db: Db, templates: string[]): Promise<boolean> {
  const rows = await db.$queryRaw<unknown[]>`
    SELECT 1 FROM email WHERE state = 'pending' AND next_attempt_at <= app_now() AND template = ANY(${templates}) LIMIT 1`;
  return rows.length > 0;
}

export async function renewLeases(db: Db, ids: string[]) {
  if (ids.length === 0) return;
  await db.$executeRaw`
    UPDATE email SET next_attempt_at = app_now() + make_interval(secs => ${leaseSeconds()})
     WHERE id = ANY(${ids}::uuid[]) AND state = 'sending'`;
}

/** Mails in `sentAgain` go out again under the same Message-ID. The fate of the others is unknown, so they do not. */
export async function recoverEmails(db: Db, templates: { all: string[]; sentAgain: string[] }) {
  await db.$executeRaw`
    UPDATE email SET last_error = ${cutOff},
           state = CASE WHEN template = ANY(${templates.sentAgain}) THEN 'pending' ELSE 'unknown' END::email_state,
           next_attempt_at = CASE WHEN attempts <= 3 THEN app_now() ELSE app_now() + ${delayAfter(sql`attempts`)} END
     WHERE state = 'sending' AND next_attempt_at < app_now() AND template = ANY(${templates.all})`;
}

/** The failure is the server's: it never costs the last attempts. Bounded, so the rest goes out once it is back. */
export async function postponeDue(db: Db, templates: string[], why: { sentence: string; response: string | null }) {
  // MATERIALIZED evaluates the limit once. Postgres 15 may run a subquery inside IN again for every row.
  await db.$executeRaw`
    WITH due AS MATERIALIZED (
      SELECT id FROM email WHERE state = 'pending' AND next_attempt_at <= app_now() AND template = ANY(${templates})
       ORDER BY next_attempt_at LIMIT 100 FOR UPDATE SKIP LOCKED)
    UPDATE email SET attempts = greatest(attempts, least(attempts + 1, ${attemptsWhileUnavailable}::int)),
           last_error = ${why.sentence}, response = ${why.response},
           next_attempt_at = app_now() + ${delayAfter(sql`least(attempts + 1, ${attemptsWhileUnavailable}::int)`)}
     WHERE id IN (SELECT id FROM due)`;
}

export type Settlement = {
  /** `unsent` was deliberately not sent, because its link no longer works. It never counts as failed. */
  state: 'sent' | 'unsent' | 'pending' | 'failed' | 'unknown';
  response: string | null;
  sentence: string | null;
  delivery?: Delivery;
  /** Nothing was sent, so it does not count as an attempt. */
  isUntried?: true;
};

/** Fenced by the attempt: a worker that stalled past its lease writes nothing. */
export async function settleEmail(
  db: Db,
  email: ClaimedEmail,
  to: KnownLink | null,
  settlement: Settlement,
): Promise<boolean> {
  const { state, response, sentence, delivery, isUntried = false } = settlement;
  return db.$transaction(async (tx) => {
    const settled = await tx.$executeRaw`
      UPDATE email SET state = ${state}::email_state, response = coalesce(${response}, response), last_error = ${sentence},
             sent_at = CASE WHEN ${state} = 'sent' THEN app_now() ELSE sent_at END,
             attempts = attempts - ${isUntried ? 1 : 0},
             next_attempt_at = CASE WHEN ${state} = 'pending'
               THEN app_now() + ${delayAfter(sql`attempts`)} ELSE app_now() END
       WHERE id = ${email.id}::uuid AND state = 'sending' AND attempts = ${email.attempts}`;
    if (settled === 0) return false;
    if (delivery && to) {
      const hash = linkHash(to.link, to.id, to.version, to.key);
      await linkHandlerOf(to.link).recordDelivery?.(systemWork(tx), hash, delivery);
    }
    return true;
  });
}

/** The link with the key whose hash is stored: SECRET may have changed since. Null when it no longer works. */
export async function findCurrentLink(db: Db, to: PersonalLink): Promise<KnownLink | null> {
  for (const key of linkKeys()) {
    const hash = linkHash(to.link, to.id, to.version, key);
    if (await linkHandlerOf(to.link).isCurrent(systemWork(db), hash)) return { ...to, key };
  }
  return null;
}

export async function linkEnd(db: Db, { link, id, version, key }: KnownLink): Promise<Date | null> {
  return (await linkHandlerOf(link).worksUntil?.(systemWork(db), linkHash(link, id, version, key))) ?? null;
}

/** What a link's feature reads and writes belongs to the mail, so it is not audited. */
function systemWork(db: Db | Tx): SystemWork {
  const request = { id: newId(), ip: null, userAgent: null, path: `job:${sendEmailsJob.name}` };
  return makeTools(db, { kind: 'system', id: null }, request, { audited: false });
}

/**
 * Counts one organization's mails: a count over all would reveal to one what others sent. Checked after the claim, so
 * that parallel lanes cannot exceed it, though the last of them may wait.
 */
export async function isAddressFull(db: Db, email: Pick<ClaimedEmail, 'id' | 'to_address'>): Promise<boolean> {
  const rows = await db.$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM (
      SELECT 1 FROM email WHERE to_address = ${email.to_address} AND id <> ${email.id}::uuid
         AND organization_id IS NOT DISTINCT FROM (SELECT organization_id FROM email WHERE id = ${email.id}::uuid)
         AND (state = 'sending' OR (state = 'sent' AND sent_at > app_now() - interval '1 hour'))
       LIMIT ${mailLimits.perHourPerAddress}::int) counted`;
  return (rows[0]?.count ?? 0) >= mailLimits.perHourPerAddress;
}

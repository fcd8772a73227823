import { mailLimits } from '@/lib/limits';
import { linkHash } from '../auth/links';
import type { Db } from '../db/client';
import { type Sql, sql } from '../db/sql';
import { silenceSeconds } from '../env';
import type { LinkReference } from './templates';

export type ClaimedEmail = {
  id: string;
  template: string;
  params: unknown;
  to_address: string;
  message_id: string;
  subject_type: string | null;
  attempts: number;
};

/** A mail is ours for this long; renewed while we work on it, so that a dead worker's mails are soon another's. */
export const leaseSeconds = () => silenceSeconds(25);

/** Minutes between attempts, 16 hours in all: an outage of a night or a greylist passes, a dead address does not. */
const delayMinutes = [1, 2, 5, 10, 20, 40, 60, 120, 240, 480];
export const maxAttempts = delayMinutes.length + 1;
/** An outage counts up to here: looks every forty minutes, and five attempts left for when the server is back. */
const attemptsWhileUnavailable = 6;

const cutOff = 'The worker stopped before the mail server answered.';

/** Minutes to wait after so many attempts. */
function delayAfter(attempts: Sql) {
  return sql`make_interval(mins => (${delayMinutes}::int[])[least(${attempts}, ${delayMinutes.length}::int)])`;
}

/** Takes up the oldest mail that is due, or nothing. Committed when it returns: what follows is never done unnoticed. */
export async function claimEmail(db: Db, templates: string[]): Promise<ClaimedEmail | undefined> {
  const [row] = await db.$queryRaw<ClaimedEmail[]>`
    UPDATE email SET state = 'sending', attempts = attempts + 1,
           next_attempt_at = app_now() + make_interval(secs => ${leaseSeconds()})
     WHERE id = (SELECT id FROM email WHERE state = 'pending' AND next_attempt_at <= app_now()
                    AND template = ANY(${templates}) ORDER BY next_attempt_at LIMIT 1 FOR UPDATE SKIP LOCKED)
    RETURNING id, template, params, to_address, message_id, subject_type, attempts`;
  return row;
}

/** Whether anything is due, so that nobody connects to a mail server for nothing. */
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

/**
 * Mails that a worker took up and never settled. Those of `sentAgain` go out again under the same Message-ID, at once
 * unless it happens again and again; of the others nobody knows, and nobody sends them again by themselves.
 */
export async function recoverEmails(db: Db, templates: { all: string[]; sentAgain: string[] }) {
  await db.$executeRaw`
    UPDATE email SET last_error = ${cutOff},
           state = CASE WHEN template = ANY(${templates.sentAgain}) THEN 'pending' ELSE 'unknown' END::email_state,
           next_attempt_at = CASE WHEN attempts <= 3 THEN app_now() ELSE app_now() + ${delayAfter(sql`attempts`)} END
     WHERE state = 'sending' AND next_attempt_at < app_now() AND template = ANY(${templates.all})`;
}

/**
 * The server is away: those that are due now wait, each a little longer than last time. They stay queued however long
 * it takes: that is the server's failure, not theirs, so it never costs them their last attempts. Bounded per look, so
 * that the rest goes out once it is back.
 */
export async function postponeDue(db: Db, templates: string[], why: { sentence: string; response: string | null }) {
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
  state: 'sent' | 'unsent' | 'pending' | 'failed' | 'unknown';
  response: string | null;
  sentence: string | null;
  /** What an invitation's delivery becomes; left out, it stays. */
  delivery?: 'sent' | 'failed' | 'bounced';
  /** Nothing was tried: it does not count as an attempt. */
  isUntried?: true;
};

/**
 * Writes down what became of a mail, and of the invitation whose current link it carried. Fenced by the attempt: a
 * worker that was stalled past its lease writes nothing. An opened invitation stays opened.
 */
export async function settleEmail(
  db: Db,
  email: ClaimedEmail,
  link: LinkReference | null,
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
    if (settled === 0 || !delivery || link?.kind !== 'invitation') return settled > 0;
    const hash = linkHash(link.kind, link.id, link.version);
    await tx.$executeRaw`
      UPDATE invitation SET delivery = CASE WHEN delivery = 'opened' THEN delivery ELSE ${delivery}::delivery END,
             sent_at = CASE WHEN ${delivery} = 'sent' THEN app_now() ELSE sent_at END
       WHERE token_hash = ${hash}`;
    return true;
  });
}

const aliveLinks: Partial<Record<LinkReference['kind'], Sql>> = {
  invitation: sql`invitation WHERE state = 'open'`,
  'password-reset': sql`password_reset WHERE used_at IS NULL`,
  'email-change': sql`email_change WHERE ended_at IS NULL`,
};

/** Whether the mail's link still opens anything: a resend, a cancellation or time may have killed it meanwhile. */
export async function isLinkAlive(db: Db, link: LinkReference): Promise<boolean> {
  const alive = aliveLinks[link.kind];
  if (!alive) return true;
  const found = await db.$queryRaw<unknown[]>`
    SELECT 1 FROM ${alive} AND token_hash = ${linkHash(link.kind, link.id, link.version)} AND expires_at > app_now()`;
  return found.length === 1;
}

/**
 * Whether the address got as many mails within the hour as it gets from one organization, or from the platform, those in
 * hand with other lanes included; it is asked when this one is in hand already, so of any number at once none slips
 * through, though the last of them may wait. Counted over all, a mail that waits would tell an organization of others.
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

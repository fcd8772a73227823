import { invitationLimits } from '@/lib/limits';
import { sql } from '@/server/db/sql';
import type { Delivery } from '@/server/mail/registry';
import { unscoped } from '@/server/scope';
import type { SystemWork } from '@/server/work';
import { isOverdue } from './overdue.queries';

const fromNow = sql`app_now() + make_interval(secs => ${invitationLimits.lifetimeMs / 1000}::float8)`;

const ofTheMail = unscoped('the invitation of a mail that is going out, found by the hash of its link');

type Hash = Uint8Array<ArrayBuffer>;

export async function isInvitationLinkCurrent(work: SystemWork, hash: Hash): Promise<boolean> {
  const found = await work.read(
    ofTheMail,
    sql`SELECT 1 FROM invitation i WHERE i.token_hash = ${hash} AND i.state = 'open' AND NOT ${isOverdue}`,
  );
  return found.length === 1;
}

/** The days of an invitation begin with its first sending. */
export async function invitationWorksUntil(work: SystemWork, hash: Hash): Promise<Date | null> {
  const [found] = await work.read<{ until: Date }>(
    ofTheMail,
    sql`
      SELECT CASE WHEN sent_at IS NULL THEN ${fromNow} ELSE expires_at END AS until
        FROM invitation WHERE token_hash = ${hash}`,
  );
  return found?.until ?? null;
}

/** An opened invitation stays opened. The first sending starts its days; a reminder does not start them again. */
export async function recordDelivery(work: SystemWork, hash: Hash, delivery: Delivery) {
  await work.write(
    ofTheMail,
    sql`
      UPDATE invitation SET delivery = CASE WHEN delivery = 'opened' THEN delivery ELSE ${delivery}::delivery END,
             sent_at = CASE WHEN ${delivery} = 'sent' THEN coalesce(sent_at, app_now()) ELSE sent_at END,
             expires_at = CASE WHEN ${delivery} = 'sent' AND sent_at IS NULL AND state = 'open' THEN ${fromNow}
                               ELSE expires_at END
       WHERE token_hash = ${hash}`,
  );
}

import { sql } from '@/server/db/sql';
import type { Delivery } from '@/server/mail/registry';
import { unscoped } from '@/server/scope';
import type { SystemWork } from '@/server/work';

const ofTheMail = unscoped('the invitation of a mail that is going out, found by the hash of its link');

type Hash = Uint8Array<ArrayBuffer>;

export async function isInvitationLinkCurrent(work: SystemWork, hash: Hash): Promise<boolean> {
  const found = await work.read(
    ofTheMail,
    sql`SELECT 1 FROM invitation WHERE token_hash = ${hash} AND state = 'open' AND expires_at > app_now()`,
  );
  return found.length === 1;
}

/** An opened invitation stays opened. */
export async function recordDelivery(work: SystemWork, hash: Hash, delivery: Delivery) {
  await work.write(
    ofTheMail,
    sql`
      UPDATE invitation SET delivery = CASE WHEN delivery = 'opened' THEN delivery ELSE ${delivery}::delivery END,
             sent_at = CASE WHEN ${delivery} = 'sent' THEN app_now() ELSE sent_at END
       WHERE token_hash = ${hash}`,
  );
}

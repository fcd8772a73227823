import { sql } from '@/server/db/sql';
import { Fail } from '@/server/fail';
import { unscoped } from '@/server/scope';
import type { PublicWork } from '@/server/work';
import { type Locked, lockRow } from '../account-lock.service';
import { type ConsentRequest, findConsentRequest } from './consent.queries';
import { auditChange, endOpenRequest, withdrawRequest } from './pending.service';
import { requesterMayStillChange } from './requester.queries';
import { takeAddress } from './take-address.service';

const foundByLink = unscoped('the account was found by the link in a mail to its address, and locked');

/**
 * The current address agrees. The change takes effect at once if the new address has confirmed, and otherwise as soon as
 * it does. Throws Fail('email_change.ended').
 */
export async function agreeToEmailChange(work: PublicWork, token: string): Promise<'changed' | 'agreed' | 'withdrawn'> {
  const { account, change } = await lockByLink(work, token);
  if (!(await requesterMayStillChange(work, change.requestedBy, account))) {
    await withdrawRequest(work, account);
    return 'withdrawn';
  }
  if (change.state === 'waiting') {
    await endOpenRequest(work, account.id, 'confirmed');
    await takeAddress(work, account, { ...change, isConfirmed: true, hasAgreed: true });
    return 'changed';
  }
  await work.write(foundByLink, sql`UPDATE email_change SET agreed_at = app_now() WHERE id = ${change.id}::uuid`);
  await auditChange(work, account, 'user.email_change_agreed', { email: account.email }, { email: change.email });
  return 'agreed';
}

/** The current address ends the request. Throws Fail('email_change.ended'). */
export async function stopEmailChange(work: PublicWork, token: string) {
  const { account, change } = await lockByLink(work, token);
  await endOpenRequest(work, account.id, 'cancelled');
  await auditChange(work, account, 'user.email_change_stopped', { email: change.email }, { email: null });
}

/** Read again under the lock: the request may be answered twice at once, or take effect meanwhile. */
async function lockByLink(work: PublicWork, token: string): Promise<{ account: Locked; change: ConsentRequest }> {
  const found = await findConsentRequest(work, token);
  if (!found) throw new Fail('email_change.ended');
  const account = await lockRow(work, found.userId);
  const change = await findConsentRequest(work, token);
  if (change?.state !== 'open' && change?.state !== 'waiting') throw new Fail('email_change.ended');
  return { account, change };
}

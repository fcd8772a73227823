import { hashToken } from '@/server/auth/session';
import { displayNameSql } from '@/server/db/names';
import { sql } from '@/server/db/sql';
import { unscoped } from '@/server/scope';
import type { Reads } from '@/server/work';
import { tokenSchema } from './request.schema';
import { needsConsent } from './requester.queries';

const byLink = unscoped('found by the hash of its link');

export type ConsentRequest = {
  id: string;
  userId: string;
  requestedBy: string | null;
  email: string;
  /** The address that is asked. */
  previous: string;
  /** `waiting` once the new address confirmed; `changed` and `ended` when there is nothing left to decide. */
  state: 'open' | 'waiting' | 'changed' | 'ended';
  hasAgreed: boolean;
  needsConsent: boolean;
  takesEffectAt: Date | null;
  requesterName: string | null;
};

/** What the link in the mail to the current address leads to. Null for a link that nobody was ever sent. */
export async function findConsentRequest(can: Reads, token: string): Promise<ConsentRequest | null> {
  if (!tokenSchema.safeParse({ token }).success) return null;
  const [found] = await can.read<ConsentRequest>(
    byLink,
    sql`
      SELECT c.id, c.user_id AS "userId", c.requested_by AS "requestedBy", c.email, c.previous,
             CASE WHEN c.ended_as = 'confirmed' THEN 'changed'
                  WHEN c.ended_at IS NOT NULL OR u.email <> c.previous OR u.status NOT IN ('active', 'inactive') THEN 'ended'
                  WHEN c.confirmed_at IS NOT NULL THEN 'waiting'
                  WHEN c.expires_at <= app_now() THEN 'ended' ELSE 'open' END AS state,
             c.agreed_at IS NOT NULL AS "hasAgreed", ${needsConsent} AS "needsConsent",
             c.takes_effect_at AS "takesEffectAt", ${displayNameSql(sql`r`)} AS "requesterName"
        FROM email_change c JOIN "user" u ON u.id = c.user_id LEFT JOIN "user" r ON r.id = c.requested_by
       WHERE c.consent_hash = ${hashToken(token)}`,
  );
  return found ?? null;
}

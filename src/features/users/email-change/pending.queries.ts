import { hashToken } from '@/server/auth/session';
import { displayNameSql } from '@/server/db/names';
import { sql } from '@/server/db/sql';
import { unscoped } from '@/server/scope';
import type { Can, Reads } from '@/server/work';
import { tokenSchema } from './request.schema';
import { needsConsent } from './requester.queries';

const byLink = unscoped('found by the hash of its link');
const managedOrOwn = unscoped('own account, or one the reader manages');

export type OpenedChange = {
  id: string;
  userId: string;
  requestedBy: string | null;
  email: string;
  previous: string;
  /** `waiting` from its confirmation until it takes effect, `confirmed` while the account still has this address. */
  state: 'open' | 'waiting' | 'confirmed';
  /** Whether confirming it starts the wait for the current address. */
  mustWait: boolean;
  takesEffectAt: Date | null;
};

/** Null alike for a link replaced, cancelled, altered or expired, and for an invited or archived account. */
export async function findChangeByToken(can: Reads, token: string): Promise<OpenedChange | null> {
  if (!tokenSchema.safeParse({ token }).success) return null;
  const [found] = await can.read<OpenedChange>(
    byLink,
    sql`
      SELECT c.id, c.user_id AS "userId", c.requested_by AS "requestedBy", c.email, c.previous,
             CASE WHEN c.ended_at IS NOT NULL THEN 'confirmed' WHEN c.confirmed_at IS NULL THEN 'open' ELSE 'waiting' END
               AS state,
             ${needsConsent} AND c.agreed_at IS NULL AS "mustWait", c.takes_effect_at AS "takesEffectAt"
        FROM email_change c JOIN "user" u ON u.id = c.user_id
       WHERE c.token_hash = ${hashToken(token)} AND u.status IN ('active', 'inactive')
         AND (c.ended_at IS NULL AND u.email = c.previous AND (c.expires_at > app_now() OR c.confirmed_at IS NOT NULL)
              OR c.ended_as = 'confirmed' AND u.email = c.email)`,
  );
  return found ?? null;
}

export type PendingChange = {
  email: string;
  expiresAt: Date;
  isExpired: boolean;
  /** Whether the current address has a say in it. */
  needsConsent: boolean;
  hasAgreed: boolean;
  /** Set once the new address confirmed and the current one has not agreed yet. */
  takesEffectAt: Date | null;
  /** Null for the person's own request. */
  requesterName: string | null;
};

/** The unconfirmed address; null for readers who do not manage the whole account. */
export async function findPendingChange(
  can: Can<'users.read'>,
  user: { id: string; isManaged: boolean },
): Promise<PendingChange | null> {
  return user.isManaged ? pendingOf(can, user.id) : null;
}

export async function findOwnPendingChange(can: Can<'account.own'>): Promise<PendingChange | null> {
  return pendingOf(can, can.actor.id);
}

/** An expired request is shown for a week, so that somebody notices that it was never confirmed. */
async function pendingOf(can: Reads, userId: string): Promise<PendingChange | null> {
  const [row] = await can.read<PendingChange>(
    managedOrOwn,
    sql`
      SELECT c.email, c.expires_at AS "expiresAt", c.confirmed_at IS NULL AND c.expires_at <= app_now() AS "isExpired",
             ${needsConsent} AS "needsConsent", c.agreed_at IS NOT NULL AS "hasAgreed",
             c.takes_effect_at AS "takesEffectAt",
             CASE WHEN c.requested_by <> c.user_id THEN ${displayNameSql(sql`r`)} END AS "requesterName"
        FROM email_change c JOIN "user" u ON u.id = c.user_id AND u.email = c.previous
        LEFT JOIN "user" r ON r.id = c.requested_by
       WHERE c.user_id = ${userId}::uuid AND c.ended_at IS NULL
         AND (c.confirmed_at IS NOT NULL OR c.expires_at > app_now() - interval '7 days')`,
  );
  return row ?? null;
}

import { hashToken } from '@/server/auth/session';
import { fullNameSql } from '@/server/db/names';
import { sql } from '@/server/db/sql';
import { unscoped } from '@/server/scope';
import type { Reads } from '@/server/work';
import { tokenSchema } from './accept.schema';

export type OpenedInvitation = {
  id: string;
  userId: string;
  organizationId: string | null;
  email: string;
  firstName: string;
  lastName: string;
  message: string;
  onHoldSince: Date | null;
  expiresAt: Date;
  isExpired: boolean;
  isKnown: boolean;
  /** False for an account whose password may be known to somebody else than the owner of the address. */
  hasConfirmedEmail: boolean;
  organizationName: string | null;
  organizationSlug: string | null;
  senderName: string | null;
  roles: string[];
};

/** Null alike for a link that was used, replaced, cancelled or altered, and for a deactivated or archived person. */
export async function findByToken(can: Reads, token: string): Promise<OpenedInvitation | null> {
  if (!tokenSchema.safeParse({ token }).success) return null;
  const [found] = await can.read<OpenedInvitation>(
    unscoped('a person with the link may see what it invites to'),
    sql`
      SELECT i.id, i.user_id AS "userId", i.organization_id AS "organizationId", i.email, i.first_name AS "firstName",
             i.last_name AS "lastName", i.message, i.held_since AS "onHoldSince", i.expires_at AS "expiresAt",
             i.state = 'expired' OR i.expires_at <= app_now() AS "isExpired", u.status = 'active' AS "isKnown",
             u.email_verified_at IS NOT NULL AS "hasConfirmedEmail",
             o.name AS "organizationName", o.slug AS "organizationSlug",
             nullif(${fullNameSql(sql`s`)}, '') AS "senderName",
             ARRAY(SELECT r.name FROM invitation_role ir JOIN role r ON r.id = ir.role_id
                    WHERE ir.invitation_id = i.id ORDER BY r.name) AS roles
        FROM invitation i JOIN "user" u ON u.id = i.user_id AND u.email = i.email
        LEFT JOIN organization o ON o.id = i.organization_id LEFT JOIN "user" s ON s.id = i.sender_id
       WHERE i.token_hash = ${hashToken(token)} AND i.state IN ('open', 'expired') AND u.status IN ('invited', 'active')
         AND o.status IS DISTINCT FROM 'archived'`,
  );
  return found ?? null;
}

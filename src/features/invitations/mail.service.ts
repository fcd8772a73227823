import { fullName } from '@/lib/names';
import { displayNameSql } from '@/server/db/names';
import { sql } from '@/server/db/sql';
import { Fail } from '@/server/fail';
import { unscoped } from '@/server/scope';
import type { Reads, SystemWork } from '@/server/work';
import { invitationEmail, invitationReminderEmail } from './mail.emails';

export async function invitationWords(work: Reads, invitationId: string) {
  const [words] = await wordsOf(work, [invitationId]);
  if (!words) throw new Fail('not_found');
  return words;
}

type Addressed = {
  id: string;
  version: number;
  organizationId: string | null;
  email: string;
  firstName: string;
  lastName: string;
  message: string;
  expiresAt: string;
  sender: string | null;
  organizationName: string | null;
  roles: string[];
};

/** One JSON value: an import reads five hundred at a time, and decoding every cell costs more than reading it. */
async function wordsOf(work: Reads, ids: string[]) {
  const [found] = await work.read<{ invitations: Addressed[] }>(
    unscoped('the caller made these invitations or locked them'),
    sql`
      SELECT coalesce(json_agg(x), '[]') AS invitations FROM (
        SELECT i.id, i.version, i.organization_id AS "organizationId", i.email, i.first_name AS "firstName",
               i.last_name AS "lastName", i.message,
               to_char(i.expires_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS "expiresAt",
               ${displayNameSql(sql`s`)} AS sender,
               o.name AS "organizationName",
               ARRAY(SELECT r.name FROM invitation_role ir JOIN role r ON r.id = ir.role_id
                      WHERE ir.invitation_id = i.id ORDER BY r.name) AS roles
          FROM invitation i LEFT JOIN "user" s ON s.id = i.sender_id LEFT JOIN organization o ON o.id = i.organization_id
         WHERE i.id = ANY(${ids}::uuid[])) x`,
  );
  return (found?.invitations ?? []).map((invitation) => {
    const { organizationName, roles, message, expiresAt, version } = invitation;
    const senderName = invitation.sender ?? 'Somebody';
    const params = { invitationId: invitation.id, version, senderName, organizationName, roles, message, expiresAt };
    return { invitation, params };
  });
}

export async function mailInvitation(work: SystemWork, invitationId: string) {
  await mailInvitations(work, [invitationId]);
}

/** A few statements for any number. No `userId`: an organization's email log must not lead to a person outside it. */
export async function mailInvitations(work: SystemWork, invitationIds: string[]) {
  const words = await wordsOf(work, invitationIds);
  if (words.length !== invitationIds.length) throw new Fail('not_found');
  await work.emails(
    invitationEmail,
    words.map(({ invitation, params }) => ({
      params,
      to: { address: invitation.email, name: fullName(invitation) },
      organizationId: invitation.organizationId,
      dedupeKey: `invitation:${invitation.id}:${invitation.version}`,
    })),
  );
}

export async function mailReminders(work: SystemWork, invitationIds: string[], which: 'first' | 'last') {
  const words = await wordsOf(work, invitationIds);
  await work.emails(
    invitationReminderEmail,
    words.map(({ invitation, params: { roles: _roles, ...params } }) => ({
      params: { ...params, which },
      to: { address: invitation.email, name: fullName(invitation) },
      organizationId: invitation.organizationId,
      dedupeKey: `invitation-reminder:${invitation.id}:${invitation.version}:${which}`,
    })),
  );
}

import { invitationLimits } from '@/lib/limits';
import { fullName } from '@/lib/names';
import { displayNameSql } from '@/server/db/names';
import { sql } from '@/server/db/sql';
import { Fail } from '@/server/fail';
import { withdrawEmails } from '@/server/mail/claims';
import { unscoped } from '@/server/scope';
import type { Reads, SystemWork, Writes } from '@/server/work';
import { invitationEmail, invitationReminderEmail } from './mail.emails';
import { invitationLink } from './send.schema';

const made = unscoped('the caller made these invitations or locked them');

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
    made,
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
         WHERE i.id = ANY(${ids}::uuid[]) ORDER BY i.id) x`,
  );
  return (found?.invitations ?? []).map((invitation) => {
    const { organizationName, roles, message, expiresAt, version } = invitation;
    const senderName = invitation.sender ?? 'Somebody';
    const params = { invitationId: invitation.id, version, senderName, organizationName, roles, message, expiresAt };
    return { invitation, params };
  });
}

/** Returns when the mail leaves; null is at once. */
export async function mailInvitation(work: SystemWork, invitationId: string): Promise<Date | null> {
  const [leavesAt = null] = await mailInvitations(work, [invitationId]);
  return leavesAt;
}

/** A few statements for any number. No `userId`: an organization's email log must not lead to a person outside it. */
export async function mailInvitations(work: SystemWork, invitationIds: string[]) {
  const words = await wordsOf(work, invitationIds);
  if (words.length !== invitationIds.length) throw new Fail('not_found');
  const leaves = await work.emails(
    invitationEmail,
    words.map(({ invitation, params }) => ({
      params,
      to: { address: invitation.email, name: fullName(invitation) },
      organizationId: invitation.organizationId,
      dedupeKey: `invitation:${invitation.id}:${invitation.version}`,
    })),
  );
  await planEnds(
    work,
    words.flatMap(({ invitation: { id } }, n) => (leaves[n] ? [{ id, leavesAt: leaves[n] }] : [])),
  );
  return leaves;
}

/** The end as planned; the sending sets the real one. */
async function planEnds(work: SystemWork, waiting: { id: string; leavesAt: Date }[]) {
  if (waiting.length === 0) return;
  await work.write(
    made,
    sql`
      UPDATE invitation i
         SET expires_at = x."leavesAt" + make_interval(secs => ${invitationLimits.lifetimeMs / 1000}::float8)
        FROM jsonb_to_recordset(${JSON.stringify(waiting)}::jsonb) AS x(id uuid, "leavesAt" timestamptz)
       WHERE i.id = x.id`,
  );
}

/** Their links stop working, so what waits does not go out. */
export async function withdrawInvitationEmails(work: Writes, invitationIds: string[]) {
  await withdrawEmails(work, invitationLink.kind, invitationIds);
}

export type Reminded = {
  id: string;
  /** Its sender sends for the platform, so neither the invitation nor its reminders count for the organization. */
  isForPlatform: boolean;
};

export async function mailReminders(work: SystemWork, invitations: Reminded[], which: 'first' | 'last') {
  const forPlatform = new Map(invitations.map(({ id, isForPlatform }) => [id, isForPlatform]));
  const words = await wordsOf(work, [...forPlatform.keys()]);
  await work.emails(
    invitationReminderEmail,
    words.map(({ invitation, params: { roles: _roles, ...params } }) => ({
      params: { ...params, which },
      to: { address: invitation.email, name: fullName(invitation) },
      organizationId: invitation.organizationId,
      isForPlatform: forPlatform.get(invitation.id) ?? false,
      dedupeKey: `invitation-reminder:${invitation.id}:${invitation.version}:${which}`,
    })),
  );
}

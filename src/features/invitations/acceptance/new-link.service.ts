import { displayName, fullName } from '@/lib/names';
import { sql } from '@/server/db/sql';
import { canOf } from '@/server/principal';
import { unscoped } from '@/server/scope';
import type { PublicWork } from '@/server/work';
import { invitationAskedEmail } from '../mail.emails';
import { findByToken } from './link.queries';

const byLink = unscoped('the token of the link found this invitation');

/** One email for each version of the link. The answer is the same either way, so it may change nothing at all. */
export async function requestNewLink(work: PublicWork, token: string): Promise<void> {
  const invitation = await findByToken(work, token);
  if (!invitation?.isExpired) return;
  const [row] = await work.read<{ version: number; sender_id: string | null }>(
    byLink,
    sql`SELECT version, sender_id FROM invitation WHERE id = ${invitation.id}::uuid FOR UPDATE`,
  );
  const dedupeKey = `invitation-asked:${invitation.id}:${row?.version ?? 0}`;
  const earlier = await work.read(byLink, (tables) =>
    tables.auditEvent.findFirst({
      where: { subjectId: invitation.id, action: 'invitation.asked', at: { gte: invitation.expiresAt } },
      select: { id: true },
    }),
  );
  if (!row || earlier) return;
  await work.audit({
    action: 'invitation.asked',
    subject: { type: 'invitation', id: invitation.id },
    organizationId: invitation.organizationId,
    personId: invitation.userId,
    after: { email: invitation.email, version: row.version },
  });
  const sender = row.sender_id ? await canOf(work, row.sender_id) : null;
  // A sender who may no longer invite there must not learn who was invited.
  if (!sender?.may('users.invite', invitation.organizationId)) return;
  const { email, firstName, lastName } = sender.actor;
  const params = { invitationId: invitation.id, personName: displayName(invitation), email: invitation.email };
  await work.email(invitationAskedEmail, params, {
    to: { address: email, name: fullName({ firstName, lastName }) },
    userId: sender.actor.id,
    organizationId: invitation.organizationId,
    dedupeKey,
  });
}

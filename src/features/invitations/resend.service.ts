import { restoreInvited } from '@/features/users/invited-accounts.service';
import { invitationLimits } from '@/lib/limits';
import { linkHash } from '@/server/auth/links';
import { sql } from '@/server/db/sql';
import { unscoped } from '@/server/scope';
import type { Work } from '@/server/work';
import { mailInvitations, withdrawInvitationEmails } from './mail.service';
import type { LockedInvitation } from './obstacles.queries';
import { lockOne, refuseFor } from './obstacles.service';
import { assertWithinQuota } from './quota.service';
import { invitationLink } from './send.schema';

/** Sends it again. The new version makes every earlier link useless, and the days start again. */
export async function resendInvitation(work: Work<'users.invite'>, id: string) {
  const invitation = await lockOne(work, id);
  refuseFor(invitation.resend);
  await assertWithinQuota(work, invitation);
  await resendInvitations(work, [invitation]);
}

/** Resends several. The caller has locked them and checked that none has an obstacle or is over the quota. */
export async function resendInvitations(work: Work<'users.invite'>, invitations: LockedInvitation[]) {
  await sendAgain(work, invitations);
  await work.audit(
    ...invitations.map(({ id, organizationId, userId, version, state, email }) => ({
      action: 'invitation.resent' as const,
      subject: { type: 'invitation', id },
      organizationId,
      personId: userId,
      before: { version, state },
      after: { version: version + 1, state: 'open', email },
    })),
  );
}

export async function sendAgain(work: Work<'users.invite'>, invitations: LockedInvitation[]) {
  if (invitations.length === 0) return;
  // Hashed here, because the database does not have the key of the links.
  const hashes = invitations.map(({ id, version }) => ({
    id,
    hash: Buffer.from(linkHash(invitationLink, id, version + 1)).toString('hex'),
  }));
  await work.write(
    unscoped('the invitations were locked in scope before'),
    sql`
      UPDATE invitation i
         SET version = i.version + 1, token_hash = decode(x.hash, 'hex'), state = 'open',
             delivery = 'queued', sent_at = NULL, opened_at = NULL, ended_at = NULL, reminded = 0,
             expires_at = app_now() + make_interval(secs => ${invitationLimits.lifetimeMs / 1000}::float8)
        FROM jsonb_to_recordset(${JSON.stringify(hashes)}::jsonb) AS x(id uuid, hash text) WHERE i.id = x.id`,
  );
  await restoreInvited(
    work,
    'users.invite',
    invitations.map(({ userId }) => userId),
  );
  const ids = invitations.map(({ id }) => id);
  await withdrawInvitationEmails(work, ids);
  await mailInvitations(work, ids);
}

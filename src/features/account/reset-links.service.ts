import { newId } from '@/lib/ids';
import { linkLimits } from '@/lib/limits';
import { linkHash } from '@/server/auth/links';
import { sql } from '@/server/db/sql';
import { unscoped } from '@/server/scope';
import type { SystemWork, Writes } from '@/server/work';
import { passwordResetEmail } from './password.emails';
import { passwordResetLink } from './password.schema';

const ofThisPerson = unscoped('the caller has locked the account, or found it by its link');

/** Returns the id of the link, which works once and for `lifeMs`. Only one that is mailed confirms the address. */
export async function createResetLink(
  work: Writes,
  userId: string,
  { lifeMs, isMailed }: { lifeMs: number; isMailed: boolean },
): Promise<string> {
  const id = newId();
  await work.write(
    ofThisPerson,
    sql`
      INSERT INTO password_reset (id, user_id, token_hash, mailed, expires_at)
      VALUES (${id}::uuid, ${userId}::uuid, ${linkHash(passwordResetLink, id, 1)}, ${isMailed}::boolean,
              app_now() + make_interval(secs => ${lifeMs / 1000}::float8))`,
  );
  return id;
}

/** A used link is gone for good; the others end with it, and whenever the address or the password changes. */
export async function endResetLinks(work: Writes, userId: string) {
  await work.write(
    ofThisPerson,
    sql`UPDATE password_reset SET used_at = app_now() WHERE user_id = ${userId}::uuid AND used_at IS NULL`,
  );
}

const resetMinutes = linkLimits.passwordResetMs / 60_000;

type ResetMail = {
  userId: string;
  to: { address: string; name: string };
  /** Where the audit log shows it; null is the platform alone. */
  organizationId?: string | null;
  /** Null when somebody asked for it on the sign-in page. */
  senderName?: string | null;
};

/** Ends earlier links, so that only the newest one works. */
export async function mailResetLink(
  work: SystemWork,
  { userId, to, organizationId = null, senderName = null }: ResetMail,
) {
  await endResetLinks(work, userId);
  const id = await createResetLink(work, userId, { lifeMs: linkLimits.passwordResetMs, isMailed: true });
  await work.audit({ action: 'password.reset_sent', subject: { type: 'user', id: userId }, organizationId });
  const params = { resetId: id, version: 1, minutes: resetMinutes, senderName };
  await work.email(passwordResetEmail, params, { to, userId, dedupeKey: `password-reset:${id}:1` });
}

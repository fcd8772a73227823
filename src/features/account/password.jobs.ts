import { z } from 'zod';
import { newId } from '@/lib/ids';
import { linkLimits } from '@/lib/limits';
import { fullName } from '@/lib/names';
import { linkHash } from '@/server/auth/links';
import { systemJob } from '@/server/job';
import type { SystemWork } from '@/server/work';
import { resetMinutes } from './password.service';

/** Answers "forgot password": active people get a link, invited people a reminder to activate, nobody else an email. */
systemJob({
  name: 'account.password-help',
  input: z.object({ userId: z.uuid(), limit: z.enum(['within', 'over']).default('within') }),
  run: ({ unit }, { userId, limit }) => unit((work) => help(work, userId, limit === 'over'), { exempt: true }),
});

async function help(work: SystemWork, userId: string, isOver: boolean) {
  if (isOver && !(await hasOnlyExpiredLink(work, userId))) return;
  const user = await work.db.user.findUnique({
    where: { id: userId },
    select: {
      id: true,
      email: true,
      firstName: true,
      lastName: true,
      status: true,
      credential: { select: { userId: true } },
    },
  });
  if (!user) return;
  const to = { address: user.email, name: fullName(user) };
  if (user.status === 'active' && user.credential) return sendLink(work, user.id, to);
  if (user.status !== 'invited') return;
  await work.audit({ action: 'password.help_sent', subject: { type: 'user', id: user.id } });
  await work.email({
    template: 'account-awaits-activation',
    params: {},
    to,
    userId: user.id,
    dedupeKey: `account-awaits-activation:${newId()}`,
  });
}

/** Locks the person, so that one of several simultaneous requests sends a link and the others see that it is valid. */
async function hasOnlyExpiredLink(work: SystemWork, userId: string): Promise<boolean> {
  await work.db.$executeRaw`SELECT 1 FROM "user" WHERE id = ${userId}::uuid FOR UPDATE`;
  const [newest] = await work.db.$queryRaw<{ isExpired: boolean }[]>`
    SELECT used_at IS NULL AND expires_at <= app_now() AS "isExpired" FROM password_reset
     WHERE user_id = ${userId}::uuid ORDER BY created_at DESC, id DESC LIMIT 1`;
  return newest?.isExpired ?? false;
}

/** Ends earlier links, so that only the newest one works. */
async function sendLink(work: SystemWork, userId: string, to: { address: string; name: string }) {
  const id = newId();
  await work.db.$executeRaw`
    UPDATE password_reset SET used_at = app_now() WHERE user_id = ${userId}::uuid AND used_at IS NULL`;
  await work.db.$executeRaw`
    INSERT INTO password_reset (id, user_id, token_hash, expires_at)
    VALUES (${id}::uuid, ${userId}::uuid, ${linkHash('password-reset', id, 1)},
            app_now() + make_interval(secs => ${linkLimits.passwordResetMs / 1000}::float8))`;
  await work.audit({ action: 'password.reset_sent', subject: { type: 'user', id: userId } });
  await work.email({
    template: 'password-reset',
    params: { resetId: id, version: 1, minutes: resetMinutes },
    to,
    userId,
    subject: { type: 'password-reset', id },
    dedupeKey: `password-reset:${id}:1`,
  });
}

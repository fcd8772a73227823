import { verifyPassword } from '@/server/auth/password';
import { admit, clear, passwordChangeCounter } from '@/server/auth/throttle';
import type { Work } from '@/server/work';

/**
 * Lets the own file be made, to who knows the own password: a session left open on a shared computer must not hand out
 * everything at once. Wrong ones are counted with those of changing the password, and committed, hence the answer.
 */
export async function allowExport(work: Work<'account.own'>, password: string): Promise<'allowed' | 'wrong' | 'busy'> {
  const { id } = work.actor;
  const subject = { type: 'user', id };
  const counter = passwordChangeCounter(id);
  if (!(await admit(work.db, [counter]))) {
    await work.audit({ action: 'account.export_refused', subject, after: { result: 'too_many' } });
    return 'busy';
  }
  const credential = await work.db.credential.findUnique({ where: { userId: id }, select: { passwordHash: true } });
  if (!(await verifyPassword(credential?.passwordHash ?? null, password))) {
    await work.audit({ action: 'account.export_refused', subject, after: { result: 'password.wrong' } });
    return 'wrong';
  }
  await clear(work.db, [counter]);
  await work.audit({ action: 'account.exported', subject });
  return 'allowed';
}

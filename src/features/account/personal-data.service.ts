import { verifyPassword } from '@/server/auth/password';
import { admit, passwordChangeCounter, resetCounters } from '@/server/auth/throttle';
import { unscoped } from '@/server/scope';
import type { Work } from '@/server/work';

const ownAccount = unscoped('own account');

/**
 * Asks for the password, because a session left open on a shared computer must not give everything away at once. Wrong
 * passwords count together with those of changing the password. They are returned and not thrown, so that the count is
 * committed.
 */
export async function allowExport(work: Work<'account.own'>, password: string): Promise<'allowed' | 'wrong' | 'busy'> {
  const { id } = work.actor;
  const subject = { type: 'user', id };
  const counter = passwordChangeCounter(id);
  if (!(await admit(work, [counter]))) {
    await work.audit({ action: 'account.export_refused', subject, after: { result: 'too_many' } });
    return 'busy';
  }
  const credential = await work.read(ownAccount, (tables) =>
    tables.credential.findUnique({ where: { userId: id }, select: { passwordHash: true, keyId: true } }),
  );
  if (!(await verifyPassword(credential, password))) {
    await work.audit({ action: 'account.export_refused', subject, after: { result: 'password.wrong' } });
    return 'wrong';
  }
  await resetCounters(work, [counter]);
  await work.audit({ action: 'account.exported', subject });
  return 'allowed';
}

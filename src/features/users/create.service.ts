import { newId } from '@/lib/ids';
import { unscoped } from '@/server/scope';
import type { Writes } from '@/server/work';

type NewUser = { email: string; firstName?: string; lastName?: string; hasConfirmedEmail: boolean };

/** An active account without organization, role or password, for the first System Admins. Returns its id. */
export async function createUser(work: Writes, { hasConfirmedEmail, ...person }: NewUser): Promise<string> {
  const id = newId();
  const now = new Date();
  await work.write(unscoped('a new account'), (tables) =>
    tables.user.create({
      data: { id, ...person, status: 'active', activatedAt: now, emailVerifiedAt: hasConfirmedEmail ? now : null },
    }),
  );
  return id;
}

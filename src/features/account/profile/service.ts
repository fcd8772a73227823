import { copyToMemberships, lockRow, traceOrganization } from '@/features/users/service';
import type { Profile } from '@/lib/person-fields';
import type { Work } from '@/server/work';
import type { OwnProfileInput } from './schema';

/**
 * What somebody changes about themselves. It raises the version, as an admin's change does: a form an admin has open
 * shows what is no longer so. False when nothing was changed.
 */
export async function updateOwnProfile(work: Work<'account.own'>, input: OwnProfileInput): Promise<boolean> {
  const { id } = work.actor;
  const account = await lockRow(work.db, id);
  const changed = (Object.keys(input) as (keyof Profile)[]).filter((field) => input[field] !== account[field]);
  if (changed.length === 0) {
    work.onlyLooked();
    return false;
  }
  const { firstName, lastName, phone, extension } = { ...account, ...input };
  await work.db.$executeRaw`
    UPDATE "user" SET first_name = ${firstName}, last_name = ${lastName}, phone = ${phone}, extension = ${extension},
           version = version + 1, updated_at = app_now()
     WHERE id = ${id}::uuid`;
  await copyToMemberships(work, [id]);
  const only = (from: Partial<Profile>) => Object.fromEntries(changed.map((field) => [field, from[field] ?? null]));
  await work.audit({
    action: 'user.updated',
    subject: { type: 'user', id },
    organizationId: traceOrganization(account.standing),
    before: only(account),
    after: only(input),
  });
  return true;
}

import { writeProfile } from '@/features/users/editing/service';
import { lockRow, traceOrganization } from '@/features/users/service';
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
  await writeProfile(work, id, { ...account, ...input });
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

import { lockRow } from '@/features/users/account-lock.service';
import type { ProfileEdit } from '@/features/users/profile.schema';
import { saveProfile, type Updated } from '@/features/users/profile.service';
import type { Work } from '@/server/work';

/** Raises the version, as an admin's change does. A change saved while the form was open is shown, not overwritten. */
export async function updateOwnProfile(work: Work<'account.own'>, input: ProfileEdit): Promise<Updated> {
  return saveProfile(work, await lockRow(work, work.actor.id), input);
}

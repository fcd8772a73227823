import { copyToMemberships } from '@/features/memberships/copies.service';
import type { Conflict } from '@/lib/form-state';
import type { Profile } from '@/lib/person-fields';
import type { ProfileField } from '@/lib/person-problems';
import { sql } from '@/server/db/sql';
import { Fail } from '@/server/fail';
import { unscoped } from '@/server/scope';
import type { Work } from '@/server/work';
import { type Locked, lockAccount } from './account-lock.service';
import { traceOrganization } from './audit-place.policy';
import { findConflict } from './profile.queries';
import type { ProfileEdit, UpdateUserInput } from './profile.schema';

const lockedAccount = unscoped('the account was locked in scope, or is the person’s own');

export type Updated =
  | { kind: 'saved' }
  | { kind: 'unchanged' }
  | { kind: 'conflict'; conflict: Conflict; values: Record<string, string> };

export async function updateUser(work: Work<'users.update'>, input: UpdateUserInput): Promise<Updated> {
  const account = await lockAccount(work, 'users.update', input.id);
  if (account.status === 'archived') throw new Fail('user.archived');
  return saveProfile(work, account, input);
}

/**
 * Call it with the account's row locked, so that the second of two simultaneous forms sees the version the first saved.
 * If anything the form showed has changed since it was opened, nothing is saved and the differences are returned.
 */
export async function saveProfile(work: Work, account: Locked, input: ProfileEdit): Promise<Updated> {
  const conflict = await findConflict(work, account, input);
  if (conflict) {
    work.nothingChanged();
    return { kind: 'conflict', ...conflict };
  }
  const fields = Object.keys(input.profile) as ProfileField[];
  const changed = fields.filter((field) => input.profile[field] !== account[field]);
  if (changed.length === 0) {
    work.nothingChanged();
    return { kind: 'unchanged' };
  }
  const { firstName, lastName, phone, extension } = input.profile;
  await work.write(
    lockedAccount,
    sql`
      UPDATE "user" SET first_name = ${firstName}, last_name = ${lastName}, phone = ${phone}, extension = ${extension},
             version = version + 1, updated_at = app_now()
       WHERE id = ${account.id}::uuid`,
  );
  await copyToMemberships(work, [account.id]);
  const only = (profile: Profile) => Object.fromEntries(changed.map((field) => [field, profile[field]]));
  await work.audit({
    action: 'user.updated',
    subject: { type: 'user', id: account.id },
    organizationId: traceOrganization(account.rank),
    before: only(account),
    after: only(input.profile),
  });
  return { kind: 'saved' };
}

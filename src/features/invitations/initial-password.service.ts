import { randomInt } from 'node:crypto';
import { createInitialCredential } from '@/features/account/credential.service';
import { grantAccess } from '@/features/memberships/grants.service';
import { activateNew, findPerson } from '@/features/users/invited-accounts.service';
import { hashPassword } from '@/server/auth/password';
import { Fail } from '@/server/fail';
import type { Work } from '@/server/work';
import { maySetPassword } from './send.policy';
import type { Invite } from './send.schema';
import { assertOrganization, canonicalEmail, readGrants } from './send.service';

/** Without letters and digits that are easily confused when read aloud or copied by hand. */
const alphabet = 'abcdefghijkmnpqrstuvwxyz23456789';

/** Twenty of 32 characters, which is 100 bits, in groups that can be read over the telephone. */
export function generatePassword(): string {
  const group = () => Array.from({ length: 5 }, () => alphabet[randomInt(alphabet.length)]).join('');
  return Array.from({ length: 4 }, group).join('-');
}

/** The password is returned only here, stored as a hash, works until `expiresAt` and must be changed at first sign-in. */
export async function addUserWithPassword(work: Work<'users.invite'>, input: Invite) {
  if (!maySetPassword(work, input.organizationId))
    throw new Fail('not_allowed', {
      field: 'how',
      detail: 'You cannot set passwords here. Send an invitation instead.',
    });
  const { organizationId, firstName, lastName, phone = null } = input;
  const email = canonicalEmail(input.email);
  await assertOrganization(work, organizationId);
  const grants = await readGrants(work, input);
  const person = await findPerson(work, { ...input, email });
  if (!person.isNew) {
    throw new Fail('user.exists', {
      field: 'email',
      detail: 'Somebody with this address already has an account. Send them an invitation instead.',
    });
  }
  const password = generatePassword();
  const stored = await hashPassword(password);
  await activateNew(work, person.id);
  const expiresAt = await createInitialCredential(work, { userId: person.id, ...stored });
  await grantAccess(work, { userId: person.id, organizationId, ...grants, grantedBy: work.actor.id });
  await work.audit({
    action: 'user.created',
    subject: { type: 'user', id: person.id },
    organizationId,
    after: { email, firstName, lastName, phone, roles: grants.roleIds, groups: grants.groupIds, password: 'initial' },
  });
  return { userId: person.id, password, expiresAt };
}

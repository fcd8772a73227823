import { createGroup } from '@/features/groups/create.service';
import { mayJoinSeveral } from '@/features/memberships/one-organization.policy';
import { assertMayGrant } from '@/features/roles/grant.queries';
import { findPerson, type KnownPerson, reviveInvited } from '@/features/users/invited-accounts.service';
import { emailProblemText, parseEmail } from '@/lib/email';
import { newId } from '@/lib/ids';
import { sql } from '@/server/db/sql';
import { Fail } from '@/server/fail';
import { narrowedTo, unscoped, within } from '@/server/scope';
import type { Work } from '@/server/work';
import { expireStale } from './expire.service';
import { insertInvitations } from './insert.service';
import { mailInvitation } from './mail.service';
import { assertMaySend } from './send.policy';
import type { Invite } from './send.schema';

const allowed = unscoped('it was checked first that the sender may invite there');

/** `leavesAt` is when its email leaves; null is at once. */
type Invited = { invitationId: string; leavesAt: Date | null };

/**
 * Roles, groups and even the membership are granted on acceptance. Until then, an address outside the sender's view
 * must look like a new one: a membership would show the real name and status, or give them away by being absent.
 */
export async function inviteUser(work: Work<'users.invite'>, input: Invite): Promise<Invited> {
  const { organizationId } = input;
  const email = canonicalEmail(input.email);
  await assertOrganization(work, organizationId);
  const grants = await readGrants(work, input);
  const person = await findPerson(work, { ...input, email });
  await assertInvitable(work, person, organizationId);
  if (await isForgotten(work, person)) await reviveInvited(work, person, input);

  const invitationId = newId();
  const named = { email, firstName: input.firstName, lastName: input.lastName };
  const invitation = { id: invitationId, userId: person.id, organizationId, ...named, phone: input.phone ?? null };
  await insertInvitations(work, [{ ...invitation, ...grants }], { message: input.message, isImported: false });
  const leavesAt = await mailInvitation(work, invitationId);
  // Its subject is the invitation: a person's id would tell the organization how old the account is.
  await work.audit({
    action: 'invitation.created',
    subject: { type: 'invitation', id: invitationId },
    organizationId,
    personId: person.id,
    after: { ...named, roles: grants.roleIds, groups: grants.groupIds, message: input.message },
  });
  return { invitationId, leavesAt };
}

export async function assertOrganization(work: Work<'users.invite'>, organizationId: string | null) {
  if (!work.may('users.invite', organizationId)) throw new Fail('organization.unknown', { field: 'organization' });
  if (organizationId === null) return;
  const [found] = await work.read<{ status: string }>(sql`
    SELECT status FROM organization WHERE ${within(narrowedTo(work, organizationId), 'users.invite', sql`id`)}`);
  if (!found || found.status === 'archived') throw new Fail('organization.unknown', { field: 'organization' });
  if (found.status === 'inactive') {
    throw new Fail('organization.unknown', {
      field: 'organization',
      detail: 'This organization is inactive. A System Admin can reactivate it.',
    });
  }
}

/** The roles and groups to grant, including a group created here. Throws if the actor may not grant them all. */
export async function readGrants(work: Work<'users.invite'>, input: Invite) {
  const { roleIds, groupIds, newGroup, organizationId } = input;
  await assertMaySend(work, { roleIds, groupIds, organizationId });
  if (!newGroup) return { roleIds, groupIds };
  const fields = { name: 'newGroupName', roles: 'newGroupRoles' };
  const made = await createGroup(work, { ...newGroup, organizationId }, fields);
  await assertMayGrant(work, { roleIds: [], groupIds: [made], organizationId });
  return { roleIds, groupIds: [...groupIds, made] };
}

/** The form in which addresses are stored and compared. Accepts raw input, as not every caller has parsed it. */
export function canonicalEmail(typed: string): string {
  const parsed = parseEmail(typed);
  if (parsed.ok) return parsed.email;
  throw new Fail('input', { errors: { email: [emailProblemText(parsed.reason)] } });
}

/** Outside their view the sender learns nothing: the person is invited, and sees on acceptance why they cannot join. */
async function assertInvitable(work: Work<'users.invite'>, person: KnownPerson, organizationId: string | null) {
  if (person.isNew) return;
  await expireStale(work, person.id);
  const open = await work.read(allowed, (tables) =>
    tables.invitation.findFirst({
      where: { userId: person.id, organizationId, state: 'open' },
      select: { id: true },
    }),
  );
  if (open)
    throw new Fail('user.exists', {
      field: 'email',
      detail: 'This address already has an open invitation. Resend that one.',
    });
  const inTarget = organizationId !== null && person.organizationIds.includes(organizationId);
  const isInView = [null, ...person.organizationIds].some((id) => work.may('users.invite', id));
  if (!isInView || person.wasNeverActive) return;
  if (person.status === 'archived') {
    throw new Fail('user.exists', {
      field: 'email',
      detail: 'This person is archived. Their account must be restored first.',
    });
  }
  if (inTarget || organizationId === null) throw new Fail('user.exists', { field: 'email' });
  if (person.status === 'inactive') {
    throw new Fail('user.exists', {
      field: 'email',
      detail: 'This person is deactivated. Their account must be reactivated first.',
    });
  }
  if (person.organizationIds.length > 0 && !mayJoinSeveral())
    throw new Fail('organization.one_only', { field: 'email' });
}

/** Whether all earlier invitations of a person in the sender's organizations ended unused. */
async function isForgotten(work: Work<'users.invite'>, person: KnownPerson): Promise<boolean> {
  if (!person.wasNeverActive || person.isNew) return false;
  if (person.isArchivedByPlatform && !work.may('users.invite', null)) return false;
  if (!person.organizationIds.every((id) => work.may('users.invite', id))) return false;
  const waiting = await work.read(unscoped('an open invitation of any organization counts'), (tables) =>
    tables.invitation.findFirst({ where: { userId: person.id, state: 'open' }, select: { id: true } }),
  );
  return waiting === null;
}

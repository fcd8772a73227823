import { cancelOpenInvitations } from '@/features/invitations/cancel.service';
import type { EndMembershipInput } from '@/features/memberships/membership.schema';
import { lockMembership, removeMembership } from '@/features/memberships/membership.service';
import { enderOf } from '@/features/users/ender.policy';
import { Fail } from '@/server/fail';
import type { Work } from '@/server/work';

/**
 * Ends a membership with its roles, groups and teams, and cancels an open invitation that would lead back. The account
 * stays. Invitations the person sent stay open, but need confirmation once they are accepted.
 */
export async function endMembership(work: Work<'memberships.end'>, input: EndMembershipInput) {
  const membership = await lockMembership(work, 'memberships.end', input);
  const { organization, person, version } = membership;
  if (version !== input.version) throw new Fail('changed_meanwhile');
  const lost = await removeMembership(work, membership);
  await work.audit({
    action: 'membership.ended',
    subject: { type: 'user', id: person.id },
    organizationId: organization.id,
    before: { organization: organization.name, ...lost },
    after: { by: enderOf(work, 'memberships.end') },
    ...(input.reason && { reason: input.reason }),
  });
  await cancelOpenInvitations(work, person.id, organization.id);
}

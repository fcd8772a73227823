import { makeGroup, makeMember, roleId, workAs, workAsNobody } from '@tests/support/factories';
import { acceptInvitation } from '@/features/invitations/acceptance/accept.service';
import { type Invite, invitationLink } from '@/features/invitations/send.schema';
import { inviteUser } from '@/features/invitations/send.service';
import { linkToken } from '@/server/auth/links';
import type { Db } from '@/server/db/client';

export const goodPassword = 'harbour violin copper meadow';

export function inviteOf(given: Partial<Invite> = {}): Invite {
  return {
    email: 'new.person@example.com',
    firstName: 'New',
    lastName: 'Person',
    phone: null,
    organizationId: null,
    roleIds: [],
    groupIds: [],
    newGroup: null,
    message: 'Welcome aboard.',
    ...given,
  };
}

/** Sends an invitation as this person; roles by key. Returns the invitation's row. */
export async function invite(db: Db, senderId: string, given: Partial<Invite> & { roles?: string[] } = {}) {
  const { roles = [], ...rest } = given;
  const roleIds = await Promise.all(roles.map((key) => roleId(db, key)));
  const { invitationId } = await workAs<'users.invite', { invitationId: string }>(db, senderId, (work) =>
    inviteUser(work, inviteOf({ roleIds, ...rest })),
  );
  return db.invitation.findUniqueOrThrow({ where: { id: invitationId } });
}

export function tokenOf(invitation: { id: string; version: number }): string {
  return linkToken(invitationLink, invitation.id, invitation.version);
}

export function accept(
  db: Db,
  token: string,
  given: { firstName?: string; password?: string; timeZone?: string } = {},
) {
  return workAsNobody(db, (work) =>
    acceptInvitation(work, {
      token,
      timeZone: null,
      firstName: 'Nora',
      lastName: 'Newcomer',
      password: goodPassword,
      ...given,
    }),
  );
}

/** Somebody an org admin invited with a role and a group, who has not accepted yet. */
export async function invited(db: Db, roles = ['caseworker']) {
  const admin = await makeMember(db, { roles: ['org-admin'] });
  const { organizationId } = admin;
  const group = await makeGroup(db, { organizationId, roles: ['viewer'] });
  const invitation = await invite(db, admin.id, { organizationId, roles, groupIds: [group.id] });
  return { admin, organizationId, group, invitation, token: tokenOf(invitation) };
}

/** Events of one action, oldest first. */
export function events(db: Db, action: string) {
  return db.auditEvent.findMany({ where: { action }, orderBy: { seq: 'asc' } });
}

import { amendInvitations, sendImported } from '@/features/invitations/bulk-send.service';
import type { AuditEntry } from '@/server/audit';
import type { Work } from '@/server/work';
import { type Step, userOf } from './apply.schema';

type ImportWork = Work<'users.import'>;

/** Adds grants and names to open invitations without sending another email. */
export async function addToInvitations(work: ImportWork, steps: Step[]) {
  await amendInvitations(
    work,
    steps.flatMap(({ change, roles, groups }) =>
      change.open ? [{ id: change.open, roleIds: roles, groupIds: groups, set: change.set }] : [],
    ),
  );
}

/** The people must be locked and have no open invitation to the same place. Returns the entries for the audit log. */
export async function invite(work: ImportWork, steps: Step[], message: string): Promise<AuditEntry[]> {
  const sent = await sendImported(
    work,
    'users.import',
    steps.map((step) => {
      const { email, firstName, lastName, phone } = step.change.row;
      const grants = { roleIds: step.roles, groupIds: step.groups };
      return { userId: userOf(step), organizationId: step.place, email, firstName, lastName, phone, ...grants };
    }),
    message,
  );
  return sent.map(({ id, userId, organizationId, email, firstName, lastName, roleIds, groupIds }) => ({
    action: 'invitation.created',
    subject: { type: 'invitation', id },
    organizationId,
    personId: userId,
    after: { email, firstName, lastName, roles: roleIds, groups: groupIds },
  }));
}

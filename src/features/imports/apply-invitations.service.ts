import { restoreInvited } from '@/features/invitations/invitee.service';
import { mailInvitations } from '@/features/invitations/mail.service';
import { invitationLimits } from '@/lib/limits';
import type { AuditEntry } from '@/server/audit';
import type { Tx } from '@/server/db/client';
import type { Work } from '@/server/work';
import { type NewInvitation, newInvitation, type Step, userOf } from './apply.schema';

type ImportWork = Work<'users.import'>;
type Grants = { id: string; roles: string[]; groups: string[] }[];

/** Adds grants and names to open invitations without sending another email. */
export async function addToInvitations(work: ImportWork, steps: Step[]) {
  const open = steps.flatMap((step) => (step.change.open ? [{ step, id: step.change.open }] : []));
  if (open.length === 0) return;
  await insertGrants(
    work.db,
    open.map(({ step, id }) => ({ id, roles: step.roles, groups: step.groups })),
  );
  const names = open.filter(({ step }) => step.change.set).map(({ step, id }) => ({ id, ...step.change.set }));
  await work.db.$executeRaw`
    UPDATE invitation i SET first_name = coalesce(x."firstName", i.first_name), last_name = coalesce(x."lastName", i.last_name)
      FROM jsonb_to_recordset(${JSON.stringify(names)}::jsonb) AS x(id uuid, "firstName" text, "lastName" text)
     WHERE i.id = x.id`;
}

/** The people must be locked and have no open invitation to the same place. Returns the entries for the audit log. */
export async function invite(work: ImportWork, steps: Step[], message: string): Promise<AuditEntry[]> {
  if (steps.length === 0) return [];
  const sent = steps.map((step) => ({ step, invitation: newInvitation(step, userOf(step)) }));
  await insertInvitations(
    work,
    sent.map(({ invitation }) => invitation),
    message,
  );
  await insertGrants(
    work.db,
    sent.map(({ step, invitation }) => ({ id: invitation.id, roles: step.roles, groups: step.groups })),
  );
  await restoreInvited(
    work,
    sent.map(({ invitation }) => invitation.userId),
    work.scope('users.import'),
  );
  await mailInvitations(
    work,
    sent.map(({ invitation }) => invitation.id),
  );
  return sent.map(({ step, invitation }) => ({
    action: 'invitation.created',
    subject: { type: 'invitation', id: invitation.id },
    organizationId: invitation.organizationId,
    personId: invitation.userId,
    after: { email: invitation.email, roles: step.roles, groups: step.groups },
  }));
}

async function insertInvitations(work: ImportWork, invitations: NewInvitation[], message: string) {
  await work.db.$executeRaw`
    INSERT INTO invitation (id, user_id, organization_id, sender_id, token_hash, message, email, first_name, last_name,
                            phone, imported, expires_at)
    SELECT x.id, x."userId", x."organizationId", ${work.actor.id}::uuid, decode(x."tokenHash", 'hex'), ${message}, x.email,
           x."firstName", x."lastName", x.phone, true,
           app_now() + make_interval(secs => ${invitationLimits.lifetimeMs / 1000}::float8)
      FROM jsonb_to_recordset(${JSON.stringify(invitations)}::jsonb)
        AS x(id uuid, "userId" uuid, "organizationId" uuid, "tokenHash" text, email text, "firstName" text,
             "lastName" text, phone text)`;
}

async function insertGrants(db: Tx, grants: Grants) {
  const roles = grants.flatMap(({ id, roles }) => roles.map((what) => ({ id, what })));
  const groups = grants.flatMap(({ id, groups }) => groups.map((what) => ({ id, what })));
  if (roles.length > 0)
    await db.$executeRaw`
      INSERT INTO invitation_role (invitation_id, role_id)
      SELECT x.id, x.what FROM jsonb_to_recordset(${JSON.stringify(roles)}::jsonb) AS x(id uuid, what uuid)
      ON CONFLICT DO NOTHING`;
  if (groups.length > 0)
    await db.$executeRaw`
      INSERT INTO invitation_group (invitation_id, group_id)
      SELECT x.id, x.what FROM jsonb_to_recordset(${JSON.stringify(groups)}::jsonb) AS x(id uuid, what uuid)
      ON CONFLICT DO NOTHING`;
}

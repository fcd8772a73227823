import { workAs } from '@tests/support/factories';
import { type BulkParams, type ConfirmBulk, planBulkSchema } from '@/features/invitations/bulk/plan.schema';
import { confirmBulk, planBulk } from '@/features/invitations/bulk/plan.service';
import { invitationLink } from '@/features/invitations/send.schema';
import { newId } from '@/lib/ids';
import { linkHash } from '@/server/auth/links';
import type { Db } from '@/server/db/client';
import { jobRegistry } from '@/server/job';
import '@/handlers';

type Given = { count: number; senderId: string; organizationId?: string | null; name?: string };

/** Invited people, each with an open invitation of version 1 and no mail yet. */
export async function makeInvitations(
  db: Db,
  { count, senderId, organizationId = null, name = 'guest' }: Given,
): Promise<string[]> {
  const rows = Array.from({ length: count }, (_, n) => {
    const id = newId();
    const hash = Buffer.from(linkHash(invitationLink, id, 1)).toString('hex');
    return { id, userId: newId(), email: `${name}${n}@example.com`, first: `First${n}`, hash };
  });
  const json = JSON.stringify(rows);
  await db.$executeRaw`
    INSERT INTO "user" (id, email, first_name, last_name, status)
    SELECT x."userId", x.email, x.first, 'Guest', 'invited'
      FROM jsonb_to_recordset(${json}::jsonb) AS x("userId" uuid, email text, first text)`;
  await db.$executeRaw`
    INSERT INTO invitation (id, user_id, organization_id, sender_id, token_hash, email, first_name, last_name, expires_at)
    SELECT x.id, x."userId", ${organizationId}::uuid, ${senderId}::uuid, decode(x.hash, 'hex'), x.email, x.first, 'Guest',
           app_now() + interval '3 days'
      FROM jsonb_to_recordset(${json}::jsonb)
        AS x(id uuid, "userId" uuid, email text, first text, hash text)`;
  return rows.map(({ id }) => id);
}

const chosen = (fields: Record<string, string | string[]>): BulkParams => planBulkSchema.parse(fields);

export function plan(db: Db, actorId: string, fields: Record<string, string | string[]>): Promise<string> {
  return workAs<'users.invite', string>(db, actorId, (work) => planBulk(work, chosen(fields)));
}

export async function confirm(db: Db, actorId: string, id: string, given: Partial<ConfirmBulk> = {}) {
  const { hash } = await db.plan.findUniqueOrThrow({ where: { id } });
  const input = { id, hash: Buffer.from(hash ?? []).toString('hex'), ...given };
  await workAs<'users.invite', void>(db, actorId, (work) => confirmBulk(work, input));
}

export async function runJob(name: string, id: string) {
  await jobRegistry.get(name)?.handle({ id });
}

/** From the selection to the receipt. Returns the plan with its receipt. */
export async function change(db: Db, actorId: string, fields: Record<string, string | string[]>) {
  const id = await plan(db, actorId, fields);
  const { total } = await db.plan.findUniqueOrThrow({ where: { id } });
  await confirm(db, actorId, id, { typed: String(total) });
  await runJob('invitations.apply', id);
  return stateOf(db, id);
}

export function stateOf(db: Db, id: string) {
  return db.plan.findUniqueOrThrow({ where: { id }, include: { receipt: true } });
}

/** The verdict or result of each invitation, with the code of the reason. */
export async function outcomes(db: Db, id: string): Promise<Record<string, string>> {
  const rows = await db.planRow.findMany({ where: { planId: id } });
  return Object.fromEntries(
    rows.map(({ subjectId, verdict, status, reasons, result }) => {
      const [reason] = reasons as { code: string }[];
      const code = reason?.code ?? (result as { reason?: string } | null)?.reason;
      const what = status === 'pending' || status === 'skipped' ? verdict : status;
      return [subjectId ?? '', code ? `${what}: ${code}` : what];
    }),
  );
}

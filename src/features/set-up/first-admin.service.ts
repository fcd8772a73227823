import { timingSafeEqual } from 'node:crypto';
import { createCredential } from '@/features/account/credential.service';
import { passwordResetLink } from '@/features/account/password.schema';
import { createResetLink } from '@/features/account/reset-links.service';
import { grantAccess } from '@/features/memberships/grants.service';
import { createUser } from '@/features/users/create.service';
import { hasSystemAdmin } from '@/features/users/last-admin.queries';
import { emailProblemText, parseEmail } from '@/lib/email';
import { linkLimits } from '@/lib/limits';
import { passwordProblems } from '@/lib/password-policy';
import { systemAdminRole } from '@/lib/permissions';
import { linkToken, linkUrl } from '@/server/auth/links';
import { hashPassword } from '@/server/auth/password';
import { startSession } from '@/server/auth/session';
import { sql } from '@/server/db/sql';
import { env } from '@/server/env';
import { Fail } from '@/server/fail';
import { unscoped } from '@/server/scope';
import type { PublicWork, Reads, SystemWork, Writes } from '@/server/work';
import { type SetUpInput, setUpLinkKind } from './first-admin.schema';

/** Nobody granted it: the platform had no admin, or an operator asked for one. */
const onPlatform = { organizationId: null, groupIds: [], grantedBy: null };

const firstAdmin = unscoped('the first admin of a platform without one');

/**
 * Locks the role's row, so that two people who use the set-up link at the same time create one admin. Read committed is
 * enough, because the check for an existing admin comes after the lock.
 */
async function lockAdminRole(work: Writes): Promise<{ id: string }> {
  const [row] = await work.read<{ id: string }>(
    firstAdmin,
    sql`SELECT id FROM role WHERE key = ${systemAdminRole} FOR UPDATE`,
  );
  if (!row) throw new Error('The roles are missing: run "npm run rollcall -- prepare".');
  return row;
}

/** The printed link. It works for an hour, only while there is no System Admin, and is stored nowhere. */
export async function setUpLink(can: Reads): Promise<string | null> {
  if (await hasSystemAdmin(can)) return null;
  const expires = String(Date.now() + linkLimits.setUpMs);
  return new URL(`/set-up/${expires}.${linkToken(setUpLinkKind, expires, 1)}`, env().PUBLIC_URL).href;
}

/** Gives the same answer for wrong, expired and no longer needed links. */
export async function isSetUpOpen(can: Reads, token: string): Promise<boolean> {
  const [expires = '', secret = ''] = token.split('.');
  if (!/^\d{13}$/.test(expires) || Number(expires) < Date.now()) return false;
  const expected = Buffer.from(linkToken(setUpLinkKind, expires, 1));
  const given = Buffer.from(secret);
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return false;
  return !(await hasSystemAdmin(can));
}

export async function setUp(work: PublicWork, input: SetUpInput): Promise<{ token: string }> {
  const role = await lockAdminRole(work);
  if (!(await isSetUpOpen(work, input.token))) throw new Fail('invitation.used');
  const { email, firstName, lastName } = input;
  const [problem] = passwordProblems(input.password, [email, firstName, lastName]);
  if (problem) throw new Fail('input', { field: 'password', detail: problem });
  const stored = await hashPassword(input.password);
  const id = await createUser(work, { email, firstName, lastName, hasConfirmedEmail: true });
  await createCredential(work, { userId: id, ...stored });
  await grantAccess(work, { ...onPlatform, userId: id, roleIds: [role.id] });
  await work.audit({
    action: 'user.created',
    subject: { type: 'user', id },
    after: { email, firstName, lastName, roles: [systemAdminRole] },
    reason: 'Set-up link',
  });
  return startSession(work, id, work.request);
}

/** For the command `create-admin`: grants the role to a new or active account and returns its password link. */
export async function makeAdmin(work: SystemWork, address: string): Promise<string> {
  const parsed = parseEmail(address);
  if (!parsed.ok) throw new Error(emailProblemText(parsed.reason));
  const role = await lockAdminRole(work);
  const existing = await work.read(firstAdmin, (tables) =>
    tables.user.findUnique({
      where: { email: parsed.email },
      select: { id: true, status: true },
    }),
  );
  if (existing && existing.status !== 'active') {
    throw new Error(`This account is ${existing.status}. Make it active first or use another address.`);
  }
  const id = existing?.id ?? (await createUser(work, { email: parsed.email, hasConfirmedEmail: false }));
  await grantAccess(work, { ...onPlatform, userId: id, roleIds: [role.id] });
  await work.audit({
    action: existing ? 'role.granted' : 'user.created',
    subject: { type: 'user', id },
    after: { email: parsed.email, roles: [systemAdminRole] },
    reason: 'Operator command',
  });
  return linkUrl(
    passwordResetLink,
    await createResetLink(work, id, { lifeMs: linkLimits.setUpMs, isMailed: false }),
    1,
  );
}

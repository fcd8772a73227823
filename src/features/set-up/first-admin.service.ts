import { timingSafeEqual } from 'node:crypto';
import { passwordResetLink } from '@/features/account/password.schema';
import { hasSystemAdmin } from '@/features/users/last-admin.policy';
import { emailProblemText, parseEmail } from '@/lib/email';
import { newId } from '@/lib/ids';
import { linkLimits } from '@/lib/limits';
import { passwordProblems } from '@/lib/password-policy';
import { systemAdminRole } from '@/lib/permissions';
import { linkHash, linkToken, linkUrl } from '@/server/auth/links';
import { hashPassword } from '@/server/auth/password';
import { startSession } from '@/server/auth/session';
import type { Tx } from '@/server/db/client';
import { env } from '@/server/env';
import { Fail } from '@/server/fail';
import { operatorUnit } from '@/server/job';
import type { PublicWork, SystemWork } from '@/server/work';
import { type SetUpInput, setUpLinkKind } from './first-admin.schema';

/**
 * Locks the role's row, so that two people who use the set-up link at the same time create one admin. Read committed is
 * enough, because the check for an existing admin comes after the lock.
 */
async function lockAdminRole(tx: Tx): Promise<{ id: string }> {
  const [row] = await tx.$queryRaw<{ id: string }[]>`SELECT id FROM role WHERE key = ${systemAdminRole} FOR UPDATE`;
  if (!row) throw new Error('The roles are missing: run "npm run rollcall -- prepare".');
  return row;
}

/** The printed link. It works for an hour, only while there is no System Admin, and is stored nowhere. */
export async function setUpLink(tx: Tx): Promise<string | null> {
  if (await hasSystemAdmin(tx)) return null;
  const expires = String(Date.now() + linkLimits.setUpMs);
  return new URL(`/set-up/${expires}.${linkToken(setUpLinkKind, expires, 1)}`, env().PUBLIC_URL).href;
}

/** Gives the same answer for wrong, expired and no longer needed links. */
export async function isSetUpOpen(tx: Tx, token: string): Promise<boolean> {
  const [expires = '', secret = ''] = token.split('.');
  if (!/^\d{13}$/.test(expires) || Number(expires) < Date.now()) return false;
  const expected = Buffer.from(linkToken(setUpLinkKind, expires, 1));
  const given = Buffer.from(secret);
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return false;
  return !(await hasSystemAdmin(tx));
}

export async function setUp(work: PublicWork, input: SetUpInput): Promise<{ token: string }> {
  const role = await lockAdminRole(work.db);
  if (!(await isSetUpOpen(work.db, input.token))) throw new Fail('invitation.used');
  const id = newId();
  const { email, firstName, lastName } = input;
  const [problem] = passwordProblems(input.password, [email, firstName, lastName]);
  if (problem) throw new Fail('input', { field: 'password', detail: problem });
  await work.db.user.create({
    data: { id, email, firstName, lastName, status: 'active', activatedAt: new Date(), emailVerifiedAt: new Date() },
  });
  await work.db.credential.create({ data: { userId: id, passwordHash: await hashPassword(input.password) } });
  await work.db.userRole.create({ data: { userId: id, roleId: role.id } });
  await work.audit({
    action: 'user.created',
    subject: { type: 'user', id },
    after: { email, firstName, lastName, roles: [systemAdminRole] },
    reason: 'Set-up link',
  });
  return startSession(work.db, id, work.request);
}

/** For the command `create-admin`: grants the role to a new or active account and returns its password link. */
export async function makeAdmin(address: string): Promise<string> {
  const parsed = parseEmail(address);
  if (!parsed.ok) throw new Error(emailProblemText(parsed.reason));
  return operatorUnit('create-admin', async (work) => {
    const role = await lockAdminRole(work.db);
    const existing = await work.db.user.findUnique({
      where: { email: parsed.email },
      select: { id: true, status: true },
    });
    if (existing && existing.status !== 'active') {
      throw new Error(`This account is ${existing.status}. Make it active first or use another address.`);
    }
    const id = existing?.id ?? newId();
    if (!existing) {
      await work.db.user.create({ data: { id, email: parsed.email, status: 'active', activatedAt: new Date() } });
    }
    await work.db.userRole.upsert({
      where: { userId_roleId: { userId: id, roleId: role.id } },
      create: { userId: id, roleId: role.id },
      update: {},
    });
    await work.audit({
      action: existing ? 'role.granted' : 'user.created',
      subject: { type: 'user', id },
      after: { email: parsed.email, roles: [systemAdminRole] },
      reason: 'Operator command',
    });
    return passwordLink(work, id);
  });
}

async function passwordLink(work: SystemWork, userId: string): Promise<string> {
  const id = newId();
  const expiresAt = new Date(Date.now() + linkLimits.setUpMs);
  await work.db.passwordReset.create({
    data: { id, userId, tokenHash: linkHash(passwordResetLink, id, 1), expiresAt },
  });
  return linkUrl(passwordResetLink, id, 1);
}

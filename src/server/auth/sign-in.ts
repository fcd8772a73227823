import { createHmac } from 'node:crypto';
import { parseEmail } from '@/lib/email';
import { newId } from '@/lib/ids';
import { insertAudit } from '../audit';
import type { Tx } from '../db/client';
import { db } from '../db/shared';
import { writesOn } from '../db/statements';
import { Fail } from '../fail';
import { key } from '../keys';
import type { RequestInfo } from '../request';
import { inUnit } from '../unit';
import { type Device, makeDevice, readDevice } from './device';
import { type Grant, grantsOf } from './grants';
import { hashPassword, needsRehash, verifyPassword } from './password';
import { learnTimeZone, startSession } from './session';
import {
  admit,
  deviceCounters,
  isKnownDevice,
  rememberDevice,
  resetCounters,
  signInCounters,
  uncountAttempt,
} from './throttle';

export type Typed = { email: string; password: string; device: string | null; timeZone?: string | null };
export type SignedIn = { userId: string; token: string; device: Device; mustChangePassword: boolean; grants: Grant[] };

type Verdict =
  | { result: 'signed_in'; passwordHash: string; mustChange: boolean }
  | { result: Exclude<Result, 'signed_in'> };
type Result =
  | 'signed_in'
  | 'unknown_address'
  | 'wrong_password'
  | 'no_password'
  | 'invited'
  | 'inactive'
  | 'archived'
  | 'throttled'
  | 'password_expired';

type Account = {
  id: string;
  email: string;
  status: 'invited' | 'active' | 'inactive' | 'archived';
  credential: { passwordHash: string; mustChange: boolean; expiresAt: Date | null } | null;
};

/**
 * The only way from a password to a session. Every refusal (null) does the same work, so not even the time reveals the
 * reason. An attempt is counted before it is verified, and committed on its own. Throws Fail('too_many'), and for the right
 * password alone Fail('password.expired').
 */
export async function signIn(typed: Typed, request: RequestInfo): Promise<SignedIn | null> {
  const parsed = parseEmail(typed.email);
  // Input that is not an address still gets a counter and a look-up.
  const address = parsed.ok ? parsed.email : `?${hashed(typed.email.slice(0, 1000))}`;
  const counting = await countersFor(address, typed.device, request.ip);
  const isAdmitted = await admit(writesOn(db()), counting.counters);
  const account = await findAccount(address);
  const verdict = await checkCredentials(account, isAdmitted, typed.password);
  if (verdict.result !== 'signed_in' || !account) {
    await recordRefusal(address, account, verdict.result, request);
    if (verdict.result === 'password_expired') throw new Fail('password.expired');
    return null;
  }
  const fresh = needsRehash(verdict.passwordHash) ? await hashPassword(typed.password) : null;
  const signedIn = await inUnit(async (tx, ledger) => {
    ledger.audited = true;
    // Checked again under a lock: the person may have been deactivated while the password was being verified.
    const [live] = await tx.$queryRaw<{ password_hash: string }[]>`
      SELECT c.password_hash FROM "user" u JOIN credential c ON c.user_id = u.id
       WHERE u.id = ${account.id}::uuid AND u.status = 'active' FOR UPDATE OF u`;
    if (live?.password_hash !== verdict.passwordHash) return null;
    if (fresh) await tx.credential.update({ where: { userId: account.id }, data: { passwordHash: fresh } });
    await learnTimeZone(writesOn(tx), account.id, typed.timeZone ?? null);
    return begin(tx, account, address, { ...counting, mustChange: verdict.mustChange }, request);
  });
  if (!signedIn) await recordRefusal(address, account, 'wrong_password', request);
  return signedIn;
}

type Counting = Awaited<ReturnType<typeof countersFor>>;

async function countersFor(address: string, device: string | null, ip: string | null) {
  const stranger = signInCounters(address, ip);
  const known = readDevice(device);
  // A browser without a device does the same look-up, so that it takes the same time.
  const ofDevice = deviceCounters(address, known ?? 'none');
  const isKnown = await isKnownDevice(db(), ofDevice);
  return {
    stranger,
    device: isKnown ? known : null,
    counters: isKnown ? ofDevice : [stranger.source, ...stranger.account],
  };
}

async function findAccount(email: string): Promise<Account | null> {
  return db().user.findUnique({
    where: { email },
    select: {
      id: true,
      email: true,
      status: true,
      credential: { select: { passwordHash: true, mustChange: true, expiresAt: true } },
    },
  });
}

/** Verifies exactly once in every case; only an admitted attempt on an active account uses the real hash. */
async function checkCredentials(account: Account | null, isAdmitted: boolean, password: string): Promise<Verdict> {
  const credential = account?.credential ?? null;
  const isCandidate = isAdmitted && account?.status === 'active' && credential !== null;
  const matches = await verifyPassword(isCandidate ? credential.passwordHash : null, password);
  if (!isAdmitted) return { result: 'throttled' };
  if (!account) return { result: 'unknown_address' };
  if (account.status !== 'active') return { result: account.status };
  if (!credential) return { result: 'no_password' };
  if (!matches) return { result: 'wrong_password' };
  if (credential.expiresAt && credential.expiresAt <= new Date()) return { result: 'password_expired' };
  return { result: 'signed_in', ...credential };
}

async function begin(
  tx: Tx,
  account: Account,
  address: string,
  counting: Counting & { mustChange: boolean },
  request: RequestInfo,
): Promise<SignedIn> {
  if (counting.device === null) await uncountAttempt(tx, counting.stranger.source);
  await resetCounters(writesOn(tx), counting.stranger.account);
  const device = counting.device ?? makeDevice();
  await rememberDevice(tx, deviceCounters(address, device));
  await recordAttempt(tx, address, account.id, 'signed_in', request);
  const session = await startSession(writesOn(tx), account.id, request);
  const actor = { kind: 'user' as const, id: account.id };
  await insertAudit(tx, { actor, requestId: request.id, ip: request.ip }, [
    {
      action: 'session.started',
      subject: { type: 'user', id: account.id },
      after: {
        sessionId: session.id,
        email: account.email,
        userAgent: request.userAgent,
        knownDevice: counting.device !== null,
      },
    },
  ]);
  const rows = await tx.$queryRaw<{ permission: string; organization_id: string | null }[]>(grantsOf(account.id));
  return {
    userId: account.id,
    token: session.token,
    device,
    mustChangePassword: counting.mustChange,
    grants: rows.map((row) => ({ permission: row.permission, organizationId: row.organization_id })),
  };
}

async function recordRefusal(address: string, account: Account | null, result: Result, request: RequestInfo) {
  await inUnit(async (tx, ledger) => {
    ledger.audited = true;
    await recordAttempt(tx, address, account?.id ?? null, result, request);
    const actor = { kind: 'anonymous' as const, id: null };
    await insertAudit(tx, { actor, requestId: request.id, ip: request.ip }, [
      {
        action: 'session.refused',
        subject: { type: 'user', id: account?.id ?? null },
        // An unknown address is only logged as a hash: it could never be forgotten again.
        after: { result, ...(account ? { email: account.email } : { address: hashed(address) }) },
      },
    ]);
  });
}

async function recordAttempt(tx: Tx, email: string, userId: string | null, result: Result, request: RequestInfo) {
  await tx.signInAttempt.create({
    data: { id: newId(), email, userId, result, ip: request.ip, userAgent: request.userAgent },
  });
}

function hashed(text: string): string {
  return createHmac('sha256', key('throttle')).update(`address\n${text}`).digest('base64url');
}

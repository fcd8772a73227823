import { createHmac } from 'node:crypto';
import { parseEmail } from '@/lib/email';
import { newId } from '@/lib/ids';
import { insertAudit, nobody, personActor } from '../audit';
import type { Tx } from '../db/client';
import { db } from '../db/shared';
import { writesOn } from '../db/statements';
import { Fail } from '../fail';
import { key } from '../keys';
import type { RequestInfo } from '../request';
import { inUnit } from '../unit';
import { type Device, makeDevice, readDevice } from './device';
import { type Grant, grantsOf } from './grants';
import { hashPassword, needsRehash, type StoredPassword, verifyPassword } from './password';
import { type LiveSession, learnTimeZone, startSession } from './session';
import { endPresentedSession } from './sign-out';
import {
  countAttempt,
  deviceCounters,
  findStanding,
  noteFirst,
  noteKey,
  rememberDevice,
  resetCounters,
  signInCounters,
  sourceOf,
  uncountAttempt,
} from './throttle';

export type Typed = { email: string; password: string; device: string | null; timeZone?: string | null };
export type SignedIn = { userId: string; token: string; device: Device; mustChangePassword: boolean; grants: Grant[] };

type Verdict =
  | ({ result: 'signed_in'; mustChange: boolean } & StoredPassword)
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
  | 'busy'
  | 'password_expired';

type Account = {
  id: string;
  email: string;
  status: 'invited' | 'active' | 'inactive' | 'archived';
  credential: ({ mustChange: boolean } & StoredPassword) | null;
};

/**
 * The only way from a password to a session. Every refusal (null) does the same work, so not even the time reveals the
 * reason. An attempt is counted before it is verified, and committed on its own. Throws Fail('blocked') to a source or
 * device with too many failures, which costs no hashing, and Fail('busy') when too many are waiting, which counts as no
 * failure; for the right password alone Fail('password.expired'). `presented` is the session of the browser; it ends.
 */
export async function signIn(
  typed: Typed,
  request: RequestInfo,
  presented: LiveSession | null = null,
): Promise<SignedIn | null> {
  const parsed = parseEmail(typed.email);
  // Input that is not an address still gets a counter and a look-up.
  const address = parsed.ok ? parsed.email : `?${hashed(typed.email.slice(0, 1000))}`;
  const counting = await count(address, typed.device, request.ip);
  const account = await findAccount(address);
  const checked = await checkCredentials(account, counting, typed.password).catch(async (error: unknown) => {
    if (error instanceof Fail && error.code === 'busy') await excuse(address, account, counting, request);
    throw error;
  });
  if (checked.result !== 'signed_in' || !account) {
    await recordRefusal(address, account, checked.result, request);
    return null;
  }
  const fresh = needsRehash(checked) ? await hashPassword(typed.password) : null;
  const signedIn = await inUnit<SignedIn | 'wrong_password' | 'password_expired'>(async (tx, ledger) => {
    ledger.audited = true;
    // Checked again under a lock: the person may have been deactivated while the password was being verified.
    const [live] = await tx.$queryRaw<{ password_hash: string; is_expired: boolean }[]>`
      SELECT c.password_hash, c.must_change AND coalesce(c.expires_at <= app_now(), false) AS is_expired
        FROM "user" u JOIN credential c ON c.user_id = u.id
       WHERE u.id = ${account.id}::uuid AND u.status = 'active' FOR UPDATE OF u`;
    if (live?.password_hash !== checked.passwordHash) return 'wrong_password';
    if (live.is_expired) return 'password_expired';
    if (fresh) await tx.credential.update({ where: { userId: account.id }, data: fresh });
    await learnTimeZone(writesOn(tx), account.id, typed.timeZone ?? null);
    if (presented) await endPresentedSession(tx, presented, request);
    return begin(tx, account, address, { ...counting, mustChange: checked.mustChange }, request);
  });
  if (typeof signedIn !== 'string') return signedIn;
  await recordRefusal(address, account, signedIn, request);
  if (signedIn === 'password_expired') throw new Fail('password.expired');
  return null;
}

type Counting = Awaited<ReturnType<typeof count>>;

/** Counts this attempt. Throws Fail('blocked') instead when the source, or a known device, has failed too often. */
async function count(address: string, device: string | null, ip: string | null) {
  const stranger = signInCounters(address, ip);
  const known = readDevice(device);
  // A browser without a device does the same look-up, so that it takes the same time.
  const { ofDevice, isBlocked } = await findStanding(db(), address, known ?? 'none', stranger.source);
  if (isBlocked) throw new Fail('blocked');
  const isKnown = ofDevice !== null;
  const counters = ofDevice ?? [stranger.source, ...stranger.account];
  const counted = await countAttempt(writesOn(db()), counters);
  // Others of the same source or device were counted meanwhile.
  if (counted.length === 0 || (isKnown && counted.length < counters.length)) throw new Fail('blocked');
  return { stranger, counted, isAdmitted: counted.length === counters.length, device: isKnown ? known : null };
}

/** The attempt was not verified, so it counts as no failure. A stranger's is recorded once an hour. */
async function excuse(address: string, account: Account | null, counting: Counting, request: RequestInfo) {
  await inUnit(async (tx) => uncountAttempt(tx, counting.counted), { exempt: true });
  if (counting.device !== null || (await noteFirst(db(), noteKey('busy', sourceOf(request.ip))))) {
    await recordRefusal(address, account, 'busy', request);
  }
}

async function findAccount(email: string): Promise<Account | null> {
  return db().user.findUnique({
    where: { email },
    select: {
      id: true,
      email: true,
      status: true,
      credential: { select: { passwordHash: true, keyId: true, mustChange: true } },
    },
  });
}

/** Verifies exactly once in every case; only an admitted attempt on an active account uses the real hash. */
async function checkCredentials(
  account: Account | null,
  { isAdmitted, device }: Counting,
  password: string,
): Promise<Verdict> {
  const credential = account?.credential ?? null;
  const isCandidate = isAdmitted && account?.status === 'active' && credential !== null;
  const lane = device === null ? 'stranger' : 'known';
  const matches = await verifyPassword(isCandidate ? credential : null, password, lane);
  if (!isAdmitted) return { result: 'throttled' };
  if (!account) return { result: 'unknown_address' };
  if (account.status !== 'active') return { result: account.status };
  if (!credential) return { result: 'no_password' };
  return matches ? { result: 'signed_in', ...credential } : { result: 'wrong_password' };
}

async function begin(
  tx: Tx,
  account: Account,
  address: string,
  counting: Counting & { mustChange: boolean },
  request: RequestInfo,
): Promise<SignedIn> {
  if (counting.device === null) await uncountAttempt(tx, [counting.stranger.source]);
  await resetCounters(writesOn(tx), counting.stranger.account);
  const device = counting.device ?? makeDevice();
  await rememberDevice(tx, deviceCounters(address, device));
  await recordAttempt(tx, address, account.id, 'signed_in', request);
  const session = await startSession(writesOn(tx), account.id, request);
  const actor = personActor(account.id);
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
    await insertAudit(tx, { actor: nobody, requestId: request.id, ip: request.ip }, [
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
